"""Component ``role_names``: English name, type, code, country and Wikidata id of every role."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.events import ROLES, Argument, Event
from pipeline.resolve.actors import (
    Actor,
    Demonym,
    load_actors,
    load_capitals,
    load_demonyms,
    load_states,
)
from pipeline.resolve.chunks import Chunker, Context
from pipeline.resolve.codes import Codes
from pipeline.resolve.glosses import load_glosses
from pipeline.resolve.lexicon import PhraseIndex, word_key
from pipeline.resolve.noun_phrase_english import Phrase, Style
from pipeline.resolve.noun_phrase_names import Composer
from pipeline.resolve.numerals import Numerals
from pipeline.resolve.romanize import has_arabic, romanize

#: Kinds of places with a government of their own.
_GPE_KINDS = {"country", "region", "governorate", "city", "village"}


@Language.factory(
    "role_names",
    assigns=["doc._.events"],
    requires=["doc._.events"],
    default_config={"lexicons": "lexicons", "rank_adjectives": False, "root": None},
)
def make_role_names(
    nlp: Language, name: str, lexicons: str, rank_adjectives: bool, root: str | None
) -> RoleNames:
    """The component of a config; ``lexicons`` is a folder relative to ``root`` (the config's)."""
    return RoleNames(Path(root or ".") / lexicons, rank_adjectives)


class RoleNames:
    """Names every filler of every role in English.

    An argument that another component has linked keeps what that set; ``name`` is set here for all.
    """

    def __init__(self, lexicons: Path, rank_adjectives: bool = False) -> None:
        actors: PhraseIndex[Actor] = PhraseIndex()
        demonyms: PhraseIndex[tuple[Demonym, str]] = PhraseIndex()
        load_actors(lexicons / "actors.csv", actors)
        self.states = load_states(lexicons / "states.csv", actors)
        load_demonyms(lexicons / "demonyms.csv", demonyms)
        load_demonyms(lexicons / "states.csv", demonyms)
        glosses = load_glosses(lexicons)
        numerals = Numerals(glosses.words.pop("numbers"), glosses.words.pop("multipliers"))
        self._chunker = Chunker(actors, demonyms, glosses, numerals)
        self._codes = Codes()
        self._style = Style(
            rank_adjectives,
            glosses.words.pop("idioms_english"),
            load_capitals(lexicons / "states.csv"),
        )
        self._actors = actors

    def __call__(self, doc: Doc) -> Doc:
        """Name the arguments of ``doc._.events``; the same Doc."""
        context = self._context(doc)
        for event in doc._.events:
            for role in ROLES:
                for argument in event.arguments(role):
                    self._complete(argument, role, event, context)
            if event.attribution is not None:
                self._complete(event.attribution, "attribution", event, context)
        return doc

    def name(self, span: Span, owner: Actor | str | None = None) -> Phrase | None:
        """The composed name of any span, e.g. in a notebook; None where it has no nominal."""
        chunks = self._chunker.chunks(span, self._context(span.doc))
        return Composer(chunks, lambda token: owner, self._style).compose()

    def _context(self, doc: Doc) -> Context:
        """The toponyms of ``doc``, and the people of the lexicon that it calls by full name."""
        surnames: dict[str, Actor] = {}
        keys = [word_key(token.norm_) for token in doc]
        for start, key in enumerate(keys):
            found = self._actors.longest(keys, start) if key else None
            if found and found[0].type == "PER" and found[1] > start + 1:
                surnames.setdefault(keys[found[1] - 1], found[0])
        return Context(linked_places(doc), surnames)

    def _complete(self, argument: Argument, role: str, event: Event, context: Context) -> None:
        chunks = self._chunker.chunks(argument.span, context)
        doc = argument.span.doc
        composer = Composer(
            chunks,
            lambda token: self._owner(doc[token], argument, event, context),
            self._style,
        )
        phrase = composer.compose()
        if phrase is None or has_arabic(phrase.text):
            text = romanize(argument.span.text)
            argument.name, argument.name_rule = text or None, "romanized"
            return
        argument.name, argument.name_rule = phrase.text, phrase.rule
        self._codes.complete(argument, phrase)

    def _owner(
        self, pronoun: Token, argument: Argument, event: Event, context: Context
    ) -> Actor | str | None:
        """Whom a possessive pronoun in ``argument`` stands for: the agent, else an origin of names.

        Only another, earlier filler of the event that agrees in gender qualifies.
        """
        for other in event.agent:
            if other.span.start < argument.span.start or other.span.end <= pronoun.i:
                if other is argument or pronoun.i in range(other.span.start, other.span.end):
                    continue
                chunks = self._chunker.chunks(other.span, context)
                phrase = Composer(chunks, lambda token: None, self._style).compose()
                if phrase is not None:
                    return phrase.actor or phrase.text
        return None


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
