"""Small words of a noun phrase: pronouns, conjunctions, prepositions, «ذات», honorifics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.morphology import ARTICLE, ENDINGS
from pipeline.resolve.chunk import Chunk, make_chunk
from pipeline.resolve.glosses import Adjective, Glosses
from pipeline.resolve.pieces import Piece

#: Kinds of chunks that may have modifiers.
NOMINAL = ("noun", "gloss", "entity", "demonym", "adjective", "pronoun")
#: Kinds of chunks that are common words.
COMMON = ("noun", "adjective", "gloss", "demonym", "quantifier", "number")


@dataclass(slots=True)
class SmallWords:
    """Reads small words among the pieces of a span."""

    pieces: Sequence[Piece]
    glosses: Glosses

    def _with_or_same(self, at: int, last: Chunk | None) -> tuple[Chunk, int] | None:
        """«طائرة ذات محركين» (with two engines), «المصادر ذاتها» (the same sources)."""
        piece, words = self.pieces[at], self.glosses.word
        if last is None or last.kind not in NOMINAL or at + 1 >= len(self.pieces):
            return None
        after = self.pieces[at + 1]
        if words("comparatives", piece.key) and after.form.endswith(ENDINGS.accusative):
            chunk = self._chunk("adjective", "", at, at + 2)
            chunk.adjective, chunk.feminine = Adjective("", "unknown"), None
            return chunk, at + 2  # «المناطق الأكثر تضررا»: left out, as adjectives without a gloss
        same = words("emphasis", piece.key)
        if same is not None and words("possessives", self.pieces[at + 1].key) is not None:
            chunk = self._chunk("adjective", same, at, at + 2)
            chunk.adjective, chunk.feminine = Adjective(same, "outer"), None
            return chunk, at + 2
        preposition = words("possession", piece.key)
        common = self.glosses.nouns.get(self.pieces[at + 1].key) is not None
        if preposition is not None and not piece.definite and common:
            return self._chunk("preposition", preposition, at, at + 1), at + 1
        return None

    def _small_word(self, at: int) -> Chunk | None:
        piece, words = self.pieces[at], self.glosses.word
        key = piece.key
        if piece.token.is_punct or piece.pos == "PUNCT":
            return self._chunk("comma", "", at, at + 1)
        if words("adverbs", key) is not None:
            return self._chunk("comma", "", at, at + 1)
        if words("relatives", key) is not None and (len(key) > 2 or piece.pos != "NOUN"):
            return self._chunk("stop", "", at, at + 1)  # «ما», and no «ماء»
        groups = (
            ("demonstratives", "demonstrative", True),
            (
                "possessives",
                "pronoun",
                piece.pos == "PRON" or (bool(at) and piece.pos in ("X", "DET", "NOUN")),
            ),
            (
                "conjunctions",
                "conjunction",
                len(key) == 1 or (bool(at) and piece.pos in ("CCONJ", "SCONJ")),
            ),
        )
        for group, kind, fits in groups:
            english = words(group, key)
            if english is not None and fits:
                return self._chunk(kind, english, at, at + 1)
        return None

    def _is_preposition(self, at: int, end: int) -> bool:
        """Rejects nouns that look like prepositions: «قبل», «بين» are trusted to the tagger."""
        piece = self.pieces[at]
        if piece.token.ent_type_ == "PER" and piece.token.ent_iob_ == "I":
            return False  # «الشيخ علي جمعة»
        return end > at + 1 or piece.pos in ("ADP", "X", "PART", "SCONJ", "ADV")

    def _honorific(self, piece: Piece) -> str | None:
        """The English of a title of courtesy with the article."""
        if not piece.form.startswith(ARTICLE):
            return None
        word = self.glosses.word
        english: str | None = word("honorifics", piece.key)
        return english or word("honorifics", ARTICLE + piece.key)

    def _chunk(self, kind: str, english: str, at: int, end: int) -> Chunk:
        chunk = make_chunk(kind, english, self.pieces, at, end)
        if self.glosses.word("feminine", self.pieces[at].key) is not None:
            chunk.feminine = True
        return chunk
