"""Cut a noun phrase into chunks, each an entry of a lexicon with its English.

The longest entry wins, entities before common words; what no lexicon knows is glossed from the
treebank or romanised as a name. The parser is asked for parts of speech only: news Arabic orders
its noun phrases strictly, and names must come out where the tree is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from pipeline.morphology import ENDINGS
from pipeline.resolve.actors import Actor, Demonym
from pipeline.resolve.chunk import Chunk, Context, recognised_end
from pipeline.resolve.glosses import Adjective, Glosses, Noun
from pipeline.resolve.lexicon import PhraseIndex, has_article, phrase_key, word_key
from pipeline.resolve.numerals import Numerals
from pipeline.resolve.pieces import Piece, pieces
from pipeline.resolve.romanize import Romanizer
from pipeline.resolve.small_words import COMMON, NOMINAL, SmallWords

_NUMBERS = {"Plur": "pl", "Dual": "du"}


@dataclass(slots=True)
class Chunker:
    """Cuts spans into chunks with the lexicons of a configuration."""

    actors: PhraseIndex[Actor]
    demonyms: PhraseIndex[tuple[Demonym, str]]
    glosses: Glosses
    numerals: Numerals
    romanize: Romanizer

    def chunks(self, span: Span, context: Context) -> list[Chunk]:
        """The chunks of ``span`` in text order, up to a relative pronoun; kept in ``context``."""
        key = (span.start, span.end)
        found = context.chunks.get(key)
        if found is None:
            found = context.chunks[key] = self._cut(span, context)
        return found

    def _cut(self, span: Span, context: Context) -> list[Chunk]:
        run = _Run(pieces(span, self.knows), self.glosses, self, context)
        found: list[Chunk] = []
        at = 0
        while at < len(run.pieces):
            chunk, at = run.next(at, found[-1] if found else None)
            if chunk.kind == "stop":
                break
            last = found[-1] if found else None
            if chunk.kind == "name" and last is not None and last.kind == "name":
                last.arabic, last.end = span.doc[last.start : chunk.end].text, chunk.end
            else:
                found.append(chunk)
        for chunk in found:
            if chunk.arabic:  # only now: the romanizer costs most, and names grow by the word
                chunk.english = self.romanize(_plain(chunk.arabic))
                chunk.actor = Actor("", chunk.english, chunk.actor.type if chunk.actor else "MISC")
        return found

    def knows(self, key: str) -> bool:
        """True where any lexicon holds ``key`` as a whole entry."""
        lexicons = (self.actors, self.demonyms, self.glosses.nouns, self.glosses.adjectives)
        return (
            any(lexicon.get(key) is not None for lexicon in lexicons)
            or self.glosses.quantifiers.get(key) is not None
            or key in self.numerals.values
            or (key, "X") in self.glosses.treebank
        )


@dataclass(slots=True)
class _Run(SmallWords):
    """One span's pieces on their way to chunks."""

    chunker: Chunker
    context: Context

    def next(self, at: int, last: Chunk | None) -> tuple[Chunk, int]:
        """The chunk at ``at`` and the position after it; ``last`` is the chunk before."""
        special = self._negated(at, last) or self._with_or_same(at, last)
        if special is not None:
            return special
        place = self.context.places.get(self.pieces[at].token.i)
        best = self._longest(at, last)
        if place is not None:
            end = next(
                (n for n, p in enumerate(self.pieces) if p.token.i >= place[0]), len(self.pieces)
            )
            longer = best is not None and best[1] > end
            person = best is not None and best[1] == end and best[0].kind == "entity"
            if not longer and not person and not (best and best[0].kind == "demonym"):
                return self._entity(at, end, place[1]), end
        entity_end = recognised_end(self.pieces, at, self.chunker.demonyms)
        common = best is not None and best[0].kind in COMMON
        if best is not None and (
            (best[1] >= entity_end and not (common and self._is_person(at))) or not common
        ):
            return best
        if best is not None and self._named_by(at, best[0]):
            return best
        if entity_end > at and not self._common_words(at, entity_end):
            return self._name(at, entity_end), entity_end
        return best or self._unknown(at, last)

    def _negated(self, at: int, last: Chunk | None) -> tuple[Chunk, int] | None:
        """«غير» and an adjective: "illegal", "non-European"; without a gloss it is left out."""
        words = self.glosses.word
        prefix = words("negation", self.pieces[at].key)
        if prefix is None or at + 1 >= len(self.pieces):
            return None
        if words("possessives", self.pieces[at + 1].key) is not None:  # «غيرهم»
            chunk = self._chunk("gloss", "other", at, at + 2)
            chunk.number = "pl"
            return chunk, at + 2
        chunk, end = self.next(at + 1, last)
        if chunk.kind not in ("adjective", "demonym"):
            return None
        if chunk.english:
            chunk.english = words("negated", chunk.english) or prefix + chunk.english
        chunk.adjective = chunk.adjective or Adjective(chunk.english, "plain")
        chunk.kind, chunk.demonym = "adjective", None
        chunk.start = self.pieces[at].token.i
        return chunk, end

    def _longest(self, at: int, last: Chunk | None) -> tuple[Chunk, int] | None:
        """The longest lexicon match; what suits the place in the phrase wins a tie."""
        lexicons, piece = self.chunker, self.pieces[at]
        keys = [piece.key for piece in self.pieces]
        small = self._small_word(at)
        actor = lexicons.actors.longest(keys, at)
        if actor and actor[1] == at + 1 and not self._article_fits(piece):
            actor = None
        surname = self.context.surnames.get(piece.key)
        if surname is not None and actor is None:
            actor = (surname, at + 1)
        noun = lexicons.glosses.noun(keys, at, self.context.topics)
        quantifier = lexicons.glosses.quantifiers.longest(keys, at)
        preposition = lexicons.glosses.prepositions.longest(keys, at)
        demonym = lexicons.demonyms.longest(keys, at)
        adjective = lexicons.glosses.adjectives.longest(keys, at)
        numeral = lexicons.numerals.longest(keys, at)
        matches = (actor, demonym, noun, quantifier, numeral, adjective)
        end = max((match[1] for match in matches if match), default=at)
        if preposition and preposition[1] >= end and self._is_preposition(at, preposition[1]):
            return self._chunk("preposition", preposition[0], at, preposition[1]), preposition[1]
        if small is not None and end <= at + 1:
            return small, at + 1
        honorific = self._honorific(piece)
        if honorific is not None and self._person_at(at + 1):
            return self._chunk("honorific", honorific, at, at + 1), at + 1
        modifies = self._modifies(piece, last)
        if actor and actor[1] == end and self._names_state(at, last):
            return self._entity(at, end, actor[0]), end
        if (
            demonym
            and demonym[1] == end
            and (modifies or not (actor and actor[1] == end))
            and not (noun and noun[1] == end and not modifies)
        ):
            chunk = self._chunk("demonym", demonym[0][0].adjective, at, end)
            chunk.demonym, chunk.number = demonym[0]
            return chunk, end
        if actor and actor[1] == end:
            return self._entity(at, end, actor[0]), end
        if adjective and adjective[1] == end and modifies:
            return self._adjective(at, end, adjective[0]), end
        if numeral and numeral[1] == end:
            return self._chunk("number", lexicons.numerals.english(numeral[0]), at, end), end
        if quantifier and quantifier[1] == end:
            return self._chunk("quantifier", quantifier[0], at, end), end
        if noun and noun[1] == end:
            return self._noun(at, end, *noun[0]), end
        if adjective and adjective[1] == end:
            return self._adjective(at, end, adjective[0]), end
        return None

    def _modifies(self, piece: Piece, last: Chunk | None) -> bool:
        """True where the word agrees in definiteness with a nominal right before it."""
        if last is None or last.kind not in NOMINAL:
            return False
        if last.kind in ("pronoun", "entity"):
            return piece.definite or last.kind == "entity"
        if last.closed:
            return last.definite == piece.definite
        return last.definite == piece.definite and (piece.pos != "NOUN" or piece.definite)

    def _describes(self, piece: Piece, last: Chunk) -> bool:
        """Whether an adjective without a gloss is one of the noun before it, and no name."""
        return (
            last.kind in ("noun", "gloss", "demonym", "adjective", "pronoun")
            and piece.token.ent_iob_ not in ("B", "I")
            and self._modifies(piece, last)
        )

    def _names_state(self, at: int, last: Chunk | None) -> bool:
        """«سوريا» after a noun is Syria, not an accusative "Syrian" («جنديا سوريا»)."""
        piece = self.pieces[at]
        if piece.definite or last is None:
            return False
        if last.noun is not None and last.noun.cls == "direction":
            return True
        accusative = at > 0 and self.pieces[at - 1].form.endswith(ENDINGS.accusative)
        return piece.form.endswith(ENDINGS.accusative) and not accusative

    def _person_at(self, at: int) -> bool:
        """Whether a person's name starts at ``at``: an honorific before it is none of a brigade."""
        if at >= len(self.pieces):
            return False
        token, key = self.pieces[at].token, self.pieces[at].key
        actor = self.chunker.actors.longest([piece.key for piece in self.pieces], at)
        if actor is not None:
            return actor[0].type == "PER"
        return token.ent_type_ == "PER" or (key.isalpha() and not self.chunker.knows(key))

    def _article_fits(self, piece: Piece) -> bool:
        """Whether a name of one word has the article as in the lexicon.

        «السورية» is no name of Syria although «سورية» is, nor is «بشير» one of al-Bashir.
        """
        actors = self.chunker.actors
        return piece.key in (actors.articled if has_article(piece.form) else actors.bare)

    def _entity(self, at: int, end: int, actor: Actor) -> Chunk:
        chunk = self._chunk("entity", actor.english, at, end)
        chunk.actor, chunk.definite = actor, True
        return chunk

    def _noun(self, at: int, end: int, noun: Noun, number: str) -> Chunk:
        chunk = self._chunk("noun", noun.english, at, end)
        construct = self.pieces[at].key.endswith(ENDINGS.dual_oblique_construct)
        if number == "du" and construct and self.pieces[at].definite:
            number = "sg"  # «النادي»: no dual has both the article and a genitive
        chunk.noun, chunk.number = noun, number
        chunk.closed = chunk.closed and (number == "du" or not chunk.ends_in_an)
        return chunk

    def _adjective(self, at: int, end: int, adjective: Adjective) -> Chunk:
        chunk = self._chunk("adjective", adjective.english, at, end)
        chunk.adjective = adjective
        if self.pieces[at].token.morph.get("Number", []) == ["Plur"]:
            chunk.number = "pl"
        return chunk

    def _name(self, at: int, end: int) -> Chunk:
        """A recognised entity that no lexicon holds, romanised."""
        first, last = self.pieces[at], self.pieces[end - 1]
        text = (
            first.form
            if end == at + 1
            else (
                first.form
                + first.token.whitespace_
                + first.token.doc[first.token.i + 1 : last.token.i + 1].text
            )
        )
        if end == at + 1 and len(self.pieces) == 1:
            text = self.context.names.get(first.key, text)
        chunk = self._chunk("name", "", at, end)
        chunk.arabic, chunk.definite = text, True
        chunk.actor = Actor("", "", _label(first))
        return chunk

    def _unknown(self, at: int, last: Chunk | None) -> tuple[Chunk, int]:
        """A word that no lexicon holds: by its lemma, the treebank's gloss, or romanised.

        An adjective without a gloss is left out: its noun says enough, a romanised one nothing.
        """
        piece, glosses = self.pieces[at], self.glosses
        token, lemma = piece.token, word_key(piece.token.lemma_)
        number = _NUMBERS.get((token.morph.get("Number", []) or [""])[0], "sg")
        if piece.pos in ("NOUN", "ADJ") and (not token.ent_type_ or token.ent_type_ == "ORG"):
            by_lemma = glosses.nouns.get(lemma)
            if by_lemma is not None and piece.pos == "NOUN":
                return self._noun(at, at + 1, by_lemma[0], number), at + 1
            adjective = glosses.adjectives.get(lemma)
            if adjective is not None:
                return self._adjective(at, at + 1, adjective), at + 1
            gloss = glosses.treebank.get((lemma, piece.pos))
            if gloss is not None:
                kind = "adjective" if piece.pos == "ADJ" else "gloss"
                chunk = self._chunk(kind, gloss, at, at + 1)
                chunk.number = number
                chunk.adjective = Adjective(gloss, "plain") if kind == "adjective" else None
                return chunk, at + 1
            if piece.pos == "ADJ" and last is not None and self._describes(piece, last):
                return self._adjective(at, at + 1, Adjective("", "unknown")), at + 1
        if not any(letter.isalpha() for letter in piece.form):
            return self._chunk("number", self.chunker.romanize(piece.form), at, at + 1), at + 1
        gloss = glosses.treebank.get((phrase_key(piece.form), "X"))
        if gloss is None:
            return self._name(at, at + 1), at + 1
        chunk = self._chunk("name", gloss, at, at + 1)
        chunk.actor = Actor("", gloss, _label(piece))
        return chunk, at + 1

    def _named_by(self, at: int, chunk: Chunk) -> bool:
        """Whether a recognised name begins with a common noun: «مدينة رام الله», «زوجة منغ»."""
        if chunk.noun is None:
            return False
        if self.pieces[at].token.ent_type_ == "PER":
            return self.glosses.word("relations", self.pieces[at].key) is not None
        return chunk.noun.cls in ("admin", "site", "place") and not chunk.definite

    def _is_person(self, at: int) -> bool:
        """Whether tagger and recogniser both take the word for a name: «عادل», and not "fair"."""
        token = self.pieces[at].token
        return token.ent_type_ == "PER" and token.ent_iob_ == "B" and token.pos_ in ("X", "PROPN")

    def _common_words(self, at: int, end: int) -> bool:
        """True where a "name" is a noun with its adjectives: «سفينتان حربيتان روسيتان»."""
        knows, lexicons = self.chunker.knows, self.chunker
        keys = [piece.key for piece in self.pieces[at:end]]
        if not all(knows(key) for key in keys):
            return False
        if self.pieces[at].token.ent_type_ == "PER" and end - at > 1:
            return any(lexicons.demonyms.get(key) is not None for key in keys[1:])
        return lexicons.glosses.nouns.get(keys[0]) is not None and end - at > 1


def _label(piece: Piece) -> str:
    """The recognised type of a name; that of a name's later words alone is not to be trusted."""
    return (piece.token.ent_iob_ == "B" and piece.token.ent_type_) or "MISC"


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("#", " ").split())
