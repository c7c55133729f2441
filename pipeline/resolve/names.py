"""Component ``role_names``: English name, type, code, country and Wikidata id of every role."""

from __future__ import annotations

from pathlib import Path

from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.data_files import read_yaml
from pipeline.events import ROLES, Argument, Event
from pipeline.extract.word_memo import WordMemo
from pipeline.resolve.actors import (
    Actor,
    Demonym,
    load_actors,
    load_capitals,
    load_demonyms,
    load_states,
    people,
)
from pipeline.resolve.chunk import Context
from pipeline.resolve.chunks import Chunker
from pipeline.resolve.codes import complete
from pipeline.resolve.glosses import load_glosses
from pipeline.resolve.lexicon import PhraseIndex, word_key
from pipeline.resolve.noun_phrase import Phrase, Style
from pipeline.resolve.noun_phrase_names import Composer
from pipeline.resolve.numerals import Numerals
from pipeline.resolve.romanize import Romanizer, has_arabic
from pipeline.resolve.topics import load_topics
from pipeline.schema import PLACES

#: Words of an owner's name that may stand before what is owned ("Hezbollah's fighters").
_LONGEST_OWNER = 3
#: Kinds of places with a government of their own.
_GPE_KINDS = {"country", "region", "governorate", "city", "village"}


@Language.factory(
    "role_names",
    assigns=["doc._.events"],
    requires=["doc._.events"],
    default_config={
        "lexicons": "lexicons",
        "frame": "frames/movement.yaml",
        "rank_adjectives": False,
        "cache": None,
        "root": None,
    },
)
def make_role_names(
    nlp: Language,
    name: str,
    lexicons: str,
    frame: str,
    rank_adjectives: bool,
    cache: str | None,
    root: str | None,
) -> RoleNames:
    """The component of a config; ``lexicons`` and ``frame`` are relative to ``root``."""
    folder = Path(root or ".")
    kept = Path(cache) if cache else None
    return RoleNames(folder / lexicons, folder / frame, rank_adjectives, kept)


class RoleNames:
    """Names every filler of every role in English.

    An argument that another component has linked keeps what that set; ``name`` is set here for all.
    """

    def __init__(
        self,
        lexicons: Path,
        frame: Path | None = None,
        rank_adjectives: bool = False,
        cache: Path | None = None,
    ) -> None:
        """Reads the lexicons, and ``plover`` (action -> PLOVER event type) of a frame file.

        ``cache`` is a folder in which romanised names are kept.
        """
        self._plover: dict[str, str] = read_yaml(frame).get("plover", {}) if frame else {}
        actors: PhraseIndex[Actor] = PhraseIndex()
        demonyms: PhraseIndex[tuple[Demonym, str]] = PhraseIndex()
        load_actors(lexicons / "actors.csv", actors)
        self.states = load_states(lexicons / "states.csv", actors)
        load_demonyms(lexicons / "demonyms.csv", demonyms)
        load_demonyms(lexicons / "states.csv", demonyms)
        self._romanize = Romanizer(cache)
        glosses = load_glosses(lexicons)
        numerals = Numerals(
            *(glosses.words.pop(group) for group in ("numbers", "multipliers", "duals"))
        )
        self._chunker = Chunker(actors, demonyms, glosses, numerals, self._romanize)
        self._plural_pronouns = {
            word for word, english in glosses.words["possessives"].items() if english == "their"
        }
        self._style = Style(
            rank_adjectives,
            glosses.words.pop("idioms_english"),
            load_capitals(lexicons / "states.csv"),
            glosses.words.pop("complements"),
        )
        self._actors = actors
        self._people = people(actors)
        self._topics = load_topics(lexicons / "topics.yaml")
        self._keys: WordMemo[str] = WordMemo([NORM], word_key)

    def __call__(self, doc: Doc) -> Doc:
        """Name the arguments of ``doc._.events``, give events their PLOVER type; the same Doc."""
        if not doc._.events:
            return doc
        context = self._context(doc)
        for event in doc._.events:
            event.plover_event = self._plover.get(event.action)
            arguments = [argument for role in ROLES for argument in event.arguments(role)]
            for argument in filter(None, [*arguments, event.attribution]):
                self._complete(argument, doc, event, context)
        return doc

    def name(self, span: Span, owner: Actor | str | None = None) -> Phrase | None:
        """The composed name of any span, e.g. in a notebook; None where it has no nominal."""
        chunks = self._chunker.chunks(span, self._context(span.doc))
        return Composer(chunks, lambda token: owner, self._style).compose()

    def _context(self, doc: Doc) -> Context:
        """The toponyms and topics of ``doc``, and the people that it calls by their full name."""
        surnames: dict[str, Actor] = {}
        keys = self._keys(doc)
        for start, key in enumerate(keys):
            found = self._actors.longest(keys, start) if self._people.begins(key) else None
            if found and found[0].type == "PER" and found[1] > start + 1:
                surnames.setdefault(keys[found[1] - 1], found[0])
        names: dict[str, str] = {}
        for entity in doc.ents:
            if entity.label_ == "PER" and len(entity) > 1 and keys[entity.end - 1]:
                names.setdefault(keys[entity.end - 1], entity.text)
        return Context(linked_places(doc), surnames, names, self._topics.of(keys))

    def _complete(self, argument: Argument, doc: Doc, event: Event, context: Context) -> None:
        def owner(token: int) -> Actor | str | None:
            return self._owner(doc[token], argument, event, context)

        chunks = self._chunker.chunks(argument.span, context)
        phrase = Composer(chunks, owner, self._style).compose()
        if phrase is None and [chunk.kind for chunk in chunks] == ["demonstrative"]:
            argument.name, argument.name_rule = chunks[0].english, "composed"  # «ذلك»
            return
        if phrase is None:
            return
        if has_arabic(phrase.text):
            argument.name, argument.name_rule = (
                self._romanize(argument.span.text) or None,
                "romanized",
            )
            return
        argument.name, argument.name_rule = phrase.text, phrase.rule
        if chunks[0].kind == "preposition" and _is_place(argument, event):
            argument.name = f"{chunks[0].english} {phrase.text}"  # «خارج أميركا»
        complete(argument, phrase)

    def _owner(
        self, pronoun: Token, argument: Argument, event: Event, context: Context
    ) -> Actor | str | None:
        """Whom a possessive pronoun in ``argument`` stands for: the event's agent or theme.

        Only another filler that stands before the pronoun and whose number agrees qualifies; a
        long name is no owner to repeat.
        """
        many = pronoun.norm_ in self._plural_pronouns
        for other in [*event.agent, *event.theme]:
            if other is argument or other.span.end > pronoun.i:
                continue
            chunks = self._chunker.chunks(other.span, context)
            phrase = Composer(chunks, lambda token: None, self._style).compose()
            if phrase is None or phrase.plural != many or _clash(pronoun, other.head, phrase):
                continue
            owner = phrase.actor or phrase.text
            if len((owner if isinstance(owner, str) else owner.english).split()) <= _LONGEST_OWNER:
                return owner
        return None


def _is_place(argument: Argument, event: Event) -> bool:
    return any(argument is place for role in PLACES for place in event.arguments(role))


def _clash(pronoun: Token, owner: Token, phrase: Phrase) -> bool:
    """Whether pronoun and owner differ in gender; names of states and bodies have none here."""
    if phrase.plural or (phrase.actor is not None and phrase.actor.type != "PER"):
        return False
    genders = set(pronoun.morph.get("Gender", [])) | set(owner.morph.get("Gender", []))
    return len(genders) > 1


def linked_places(doc: Doc) -> dict[int, tuple[int, Actor]]:
    """Token index -> (end, place) of the toponyms that ``place_names`` linked in ``doc``."""
    places: dict[int, tuple[int, Actor]] = {}
    if not Span.has_extension("place"):
        return places
    for span in doc.spans.get("places", ()):
        place = span._.place
        if place is not None:
            kind = "GPE" if place.kind in _GPE_KINDS else (span.label_ or "LOC")
            places[span.start] = (span.end, Actor("place", place.name, kind, place.country))
    return places
