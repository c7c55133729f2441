"""What the conditions on an event look at: its arguments by their semantic classes."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.events import Event
from pipeline.extract.lexicon import Sense
from pipeline.extract.semantics import PHYSICAL, Classifier
from pipeline.extract.subjects import Core
from pipeline.extract.syntax import feature
from pipeline.extract.triggers import Candidate

ALL_PLACES = ("origin", "destination", "via")


@dataclass(slots=True)
class View:
    """What the conditions look at."""

    event: Event
    core: Core
    candidate: Candidate
    sense: Sense
    classes: Classifier

    def _heads(self, *roles: str) -> list[Token]:
        return [argument.head for role in roles for argument in self.event.arguments(role)]

    @property
    def theme(self) -> Token | None:
        """The head of the first theme, if one stands in the text."""
        return self.event.theme[0].head if self.event.theme else None

    def theme_is(self, *kinds: str) -> bool:
        """Whether the theme is known to be of one of these classes."""
        return self.theme is not None and bool(self.classes.classes(self.theme) & set(kinds))

    def theme_open(self) -> bool:
        """Whether nothing is known of the theme: a pronoun, a gap, a name, an unknown word."""
        if self.theme is None:
            return True
        return self.classes.classes(self.theme) <= {"quantity"}

    def name_theme(self) -> bool:
        """Whether the theme looks like a name."""
        return self.theme is not None and (self.theme.pos_ == "X" or bool(self.theme.ent_type_))

    def placed(self, *roles: str) -> bool:
        """Whether one of the roles is filled by what is known to be a place."""
        return any(self.classes.is_place(head) for head in self._heads(*roles))

    def physical(self, *roles: str) -> bool:
        """Whether one of the roles is filled by a place, a person, a vehicle or a name."""
        return any(
            self.classes.classes(head) & PHYSICAL
            or (not self.classes.classes(head) and (head.pos_ == "X" or bool(head.ent_type_)))
            for head in self._heads(*roles)
        )

    def bodily(self, *roles: str) -> bool:
        """Whether one of the roles is filled by what is not known to be abstract."""
        return any(not self.classes.is_abstract(head) for head in self._heads(*roles))

    def named_place(self, token: Token) -> bool:
        """Whether a place is named, so that its people or army can be meant."""
        return token.i in self.classes.places or token.ent_type_ in ("GPE", "ORG")

    def person_gap(self) -> bool:
        """Whether a pronoun or a plural verb stands for the theme, so that people are likely."""
        for gap in self.event.gaps:
            if gap.role == "theme":
                if gap.kind in ("possessive_pronoun", "object_pronoun"):
                    return True
                if feature(gap.token, "Number") in ("Plur", "Dual"):
                    return True
        return False

    def abstract(self, *roles: str) -> bool:
        """Whether one of the roles is filled by what is known to be nothing bodily."""
        return any(self.classes.is_abstract(head) for head in self._heads(*roles))

    def gap(self, *roles: str) -> bool:
        """Whether one of the roles is left to an antecedent."""
        return any(gap.role in roles for gap in self.event.gaps)
