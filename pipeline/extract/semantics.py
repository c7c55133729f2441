"""Semantic classes of nouns: what can move, where it can go.

Classes come, in this order, from recognised places and entities, from the hand-made lists in
``semantic_classes.yaml``, from ``semantic_classes.csv`` (WordNet's lexicographer files) and from
``semantic_classes_induced.csv`` (glosses and word vectors; see ``build_semantic_classes``).
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipeline.data_files import read_yaml
from pipeline.extract.sentences import forward, sentence_end
from pipeline.extract.syntax import children, key, lemma_key
from pipeline.morphology import ARTICLE, ENDINGS
from pipeline.orthography import CONFIGS
from pipeline.text import fold

ENTITY_CLASSES = {
    "PER": frozenset({"person"}),
    "ORG": frozenset({"group"}),
    "GPE": frozenset({"place", "group"}),
    "LOC": frozenset({"place"}),
    "FAC": frozenset({"place"}),
}
#: Classes of what moves bodily.
MOBILE = frozenset({"person", "group", "force", "vehicle", "goods", "animal", "artifact"})
#: Classes of what a movement can end or begin at.
PHYSICAL = frozenset({"place", "person", "group", "vehicle", "force", "artifact"})
ABSTRACT = frozenset({"abstract", "time"})


#: Name of the file of induced classes.
INDUCED = "semantic_classes_induced.csv"
#: Words of which it is remembered what is known; then all are forgotten.
_MOST_KNOWN = 1 << 14


class Known(NamedTuple):
    """What is known of a word by its form and lemma.

    ``lists`` are the hand-made lists that it stands in, ``figurative`` the words after it that
    make it no place.
    """

    classes: frozenset[str]
    lists: frozenset[str]
    demonym: bool
    figurative: tuple[frozenset[str], ...]


class SemanticLexicon:
    """Classes of nouns by folded lemma or form; ``induced``: whether induced ones count too."""

    def __init__(self, folder: Path, *, induced: bool = True) -> None:
        lists = read_yaml(folder / "semantic_classes.yaml")
        self.lists = {name: frozenset(fold(str(w)) for w in ws) for name, ws in lists.items()}
        names = read_yaml(folder / "non_events.yaml")
        self.demonyms = frozenset(fold(word) for word in names["demonyms"])
        self._figurative = [
            (frozenset(map(fold, row["heads"])), frozenset(map(fold, row["words"])))
            for row in names["figurative"]
        ]
        self.classes: dict[str, set[str]] = {}
        self.derived: dict[str, set[str]] = {}
        special = {"goal_takers", "office", "border", "quantity", "parts", "occasion"}
        for name, words in self.lists.items():
            if name not in special:
                for word in words:
                    self.classes.setdefault(word, set()).add(name)
        self._read(folder / "semantic_classes.csv")
        if induced:
            self._read(folder / INDUCED)
        self._known: dict[tuple[int, int], Known] = {}  # by the hashes of norm and lemma
        self._sets: dict[frozenset[str], frozenset[str]] = {}  # one of each for all words

    def _read(self, path: Path) -> None:
        """Add the derived classes of a file for the words that have none yet."""
        if not path.exists():
            return
        with path.open(encoding="utf-8") as rows:
            for row in csv.DictReader(line for line in rows if not line.startswith("#")):
                word = fold(row["lemma"])
                if word not in self.classes and word not in self.lists["quantity"]:
                    self.derived.setdefault(word, set(row["classes"].split("|")))

    def known(self, token: Token) -> Known:
        """What the lexicon says of a word by its form and lemma alone."""
        word = token.norm, token.lemma
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[word] = self._look_up(key(token), lemma_key(token))
        return found

    def _look_up(self, form: str, lemma: str) -> Known:
        bare = form.removeprefix(ARTICLE)
        classes = self._noun_classes(form, lemma)
        lists = frozenset(
            n for n, ws in self.lists.items() if not ws.isdisjoint((lemma, form, bare))
        )
        return Known(
            self._sets.setdefault(classes, classes),
            self._sets.setdefault(lists, lists),
            lemma in self.demonyms,
            tuple(words for heads, words in self._figurative if lemma in heads or bare in heads),
        )

    def _noun_classes(self, form: str, lemma: str) -> frozenset[str]:
        """Classes of one word, without a look at its entity.

        The hand-made lists decide over form and lemma before the derived classes are asked
        («قواعد» is the plural of a base before it is grammar), and a listed word before a stem.
        """
        whole, stems = spellings(form, lemma)
        for words in (whole, stems):
            for table in (self.classes, self.derived):
                for word in words:
                    if word in table:
                        return frozenset(table[word])
        return frozenset()

    def is_demonym(self, token: Token) -> bool:
        """Whether the word is the adjective of a nation or group."""
        return self.known(token).demonym

    def is_figurative(self, token: Token) -> bool:
        """Whether the words after a noun of place make it none: «طريق مسدود», «المركز الرابع»."""
        figurative = self.known(token).figurative
        if not figurative:
            return False
        after = forward(token.doc, token.i + 1, min(token.i + 4, sentence_end(token)))
        spelled = {form for t in after for form in (lemma_key(t), _bare(t))}
        return not all(map(spelled.isdisjoint, figurative))

    def is_in(self, name: str, token: Token) -> bool:
        """Whether the word stands in one of the lists."""
        return name in self.known(token).lists


def _is_counted(quantity: Token, noun: Token) -> bool:
    """Whether a noun is the complement itself, not one of «معظم [المستفيدين] من البرنامج»."""
    near = noun.dep_ != "conj" and noun.i - quantity.i <= 3
    return near and all(t.pos_ != "ADJ" for t in forward(noun.doc, quantity.i + 1, noun.i))


def _bare(token: Token) -> str:
    """The folded word without its article."""
    return key(token).removeprefix(ARTICLE)


_ENDINGS = (
    *(*ENDINGS.masculine_plural, ENDINGS.dual_nominative),
    *(*ENDINGS.feminine_dual, ENDINGS.feminine_plural, ENDINGS.accusative),
    *ENDINGS.masculine_plural_construct,
)


#: Of these, the endings that stand in place of a feminine's own.
_OF_FEMININES = (*ENDINGS.feminine_dual, ENDINGS.feminine_plural)


@lru_cache(maxsize=1 << 13)
def spellings(form: str, lemma: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Folded words to try: the word as written, bare and as lemma; its stems without endings."""
    bare = form.removeprefix(ARTICLE)
    stems = [
        bare[: -len(end)] for end in _ENDINGS if bare.endswith(end) and len(bare) > len(end) + 2
    ]
    feminine = [
        bare.removesuffix(end) + ENDINGS.feminine for end in _OF_FEMININES if bare.endswith(end)
    ]
    return (form, bare, lemma), (*stems, *feminine)


@lru_cache(maxsize=4)
def load_semantics(folder: Path = CONFIGS / "lexicons") -> SemanticLexicon:
    """The lexicon in ``folder``, read once."""
    return SemanticLexicon(folder)


def place_ends(doc: Doc) -> dict[int, int]:
    """Positions of the tokens of recognised places, each with the end of its place."""
    spans = doc.spans.get("places", ())
    return {i: span.end for span in spans for i in range(span.start, span.end)}


def time_positions(doc: Doc) -> frozenset[int]:
    """Positions of the tokens of time expressions."""
    spans = doc.spans.get("times", ())
    return frozenset(i for span in spans for i in range(span.start, span.end))


class Classifier:
    """Classes of noun phrases of one Doc, by their head."""

    def __init__(self, doc: Doc, lexicon: SemanticLexicon) -> None:
        self.lexicon = lexicon
        self.places = place_ends(doc)
        self.times = time_positions(doc)
        self.masdars: frozenset[int] = frozenset()  # positions of masdars that may be triggers
        self._cache: dict[int, frozenset[str]] = {}

    def classes(self, token: Token) -> frozenset[str]:
        """Classes of the phrase headed by ``token``; empty where nothing is known.

        A quantity or a number («عشرات الآلاف من», «46 دبلوماسيا», «معظم التغريدات») has its
        complement's classes.
        """
        position = token.i
        found = self._cache.get(position)
        if found is None:
            self._cache[position] = frozenset()  # guards against cycles
            found = self._cache[position] = self._classes(token)
        return found

    def _classes(self, token: Token) -> frozenset[str]:
        lexicon, known = self.lexicon, self.lexicon.known(token)
        if token.i in self.times or ("time" in known.lists and not token.ent_type_):
            return frozenset({"time"})
        if known.figurative and lexicon.is_figurative(token) and token.i not in self.places:
            return frozenset({"abstract"})
        if "quantity" in known.lists or token.pos_ == "NUM":
            own = known.classes & MOBILE
            for child in children(token, "nmod", "nummod", "obl", "conj"):
                if child.i > token.i and child.pos_ != "PRON":
                    counted = self.classes(child)
                    ideas = bool(counted) and counted <= ABSTRACT and _is_counted(token, child)
                    if counted & MOBILE or ideas:
                        return counted
                    return counted | own or frozenset({"quantity"})
            return own or frozenset({"quantity"})
        found = known.classes
        if known.demonym and token.pos_ == "NOUN" and not token.ent_type_:
            return frozenset({"person"})  # «المدربون الروس», «الأتراك»
        if token.ent_type_ == "GPE" and found == {"place"} and "place" in known.lists:
            return found  # «مخيم الزعتري» is a place that does nothing; «تركيا» acts
        if token.ent_type_ and token.pos_ != "ADJ":
            starts = token.ent_iob_ == "B" or not found
            if starts or "abstract" in found:
                entity = ENTITY_CLASSES.get(token.ent_type_, frozenset())
                return entity | (found & MOBILE) if found else entity
        if token.i in self.places:
            return found - {"abstract", "time"} | {"place"}
        return found

    def is_time(self, token: Token) -> bool:
        """Whether the phrase dates something."""
        classes = self.classes(token)
        return "time" in classes and "place" not in classes

    def is_place(self, token: Token) -> bool:
        """Whether the phrase is known to be a place or a vehicle."""
        return "place" in self.classes(token)

    def is_abstract(self, token: Token) -> bool:
        """Whether the phrase is known to be nothing bodily."""
        classes = self.classes(token)
        return bool(classes) and classes <= ABSTRACT

    def is_mobile(self, token: Token) -> bool:
        """Whether the phrase is known to be something that moves."""
        return not MOBILE.isdisjoint(self.classes(token))
