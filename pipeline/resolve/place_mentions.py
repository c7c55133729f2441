"""A name of the gazetteer in the text, before it is judged and linked."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from pipeline.resolve.gazetteer import Place

LOC_KINDS = frozenset({"sea", "river", "island", "region", "continent", "world_region"})

#: Inhabitants from which a town is taken for itself without other evidence.
KNOWN_TOWN = 50_000


@dataclass(slots=True)
class Mention:
    """A stretch of tokens that the gazetteer knows, with the places of that name.

    ``before`` is the word before it, ``is_directed`` whether that is «من», «إلى» or the like,
    ``token_before`` its last token; ``nations_after`` and ``nations_before`` are the countries of
    nisbas beside it: «العاصمة الليبية طرابلس».
    """

    span: Span
    candidates: tuple[Place, ...]
    before: str = ""
    is_directed: bool = False
    token_before: Token | None = None
    nations_after: set[str] = field(default_factory=set)
    nations_before: set[str] = field(default_factory=set)

    @property
    def nations(self) -> set[str]:
        """The countries of the nisbas beside it."""
        return self.nations_after | self.nations_before

    @property
    def countries(self) -> set[str]:
        """The countries of its candidates."""
        return {place.country for place in self.candidates if place.country}
