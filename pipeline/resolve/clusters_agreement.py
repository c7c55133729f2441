"""Whether two events of an article are one: what they tell alike, and what contradicts.

Participants, places, day and number are compared. One that differs makes two events; a trip back
is another event than the trip there, and what is denied another than what is told. How much must
agree depends on whether the later one takes up a participant («الوفد», «قواته», «أردوغان») or
brings in what may be a new one («وفد», «قوات»): an indefinite phrase names somebody new (Heim 1982,
*The semantics of definite and indefinite noun phrases*), so place, day or number must agree, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.events import Argument, Event
from pipeline.resolve.clusters_phrases import Keys, Phrase, PhraseReader
from pipeline.resolve.clusters_places import PlaceComparer

Verdict = bool | None
Compare = Callable[[Argument, Argument], Verdict]

#: Words of a verbal noun that may say which occasion: «زيارته الثانية».
_BESIDE = 4
#: Support of a participle that belongs to its clause.
_CIRCUMSTANCE = 3
#: An exact number of so many or more tells who is meant.
_TELLING_NUMBER = 3


class Occasion(NamedTuple):
    """What is said of a verbal noun's occasion: another one, several, which."""

    others: Keys
    many: bool
    said: Keys


class Agreement:
    """Compares the events of one Doc; phrases are read once."""

    def __init__(
        self,
        like: frozenset[Keys],
        compatible: frozenset[Keys],
        contrasts: Sequence[Keys],
        phrases: PhraseReader,
        places: PlaceComparer,
    ) -> None:
        self.like = like
        self.compatible = like | compatible
        self.contrasts = contrasts
        self.phrases = phrases
        self.places = places
        self._read: dict[tuple[int, int], Phrase] = {}

    def contradict(self, one: Event, other: Event) -> bool:
        """True where the two cannot be one event."""
        if one.action != other.action and {one.action, other.action} not in self.compatible:
            return True
        if (one.factuality == "negated") != (other.factuality == "negated"):
            return True
        if other.head in one.head.conjuncts:  # «خرج ثم عاد»: what is added is new
            return True
        if not _counts_meet(one, other) or _days(one, other) is False:
            return True
        if self._occasions_differ(one, other):
            return True
        if False in self._participants(one, other) or False in self._places(one, other):
            return True
        return self._way_back(one, other)

    def support(self, one: Event, other: Event) -> int:
        """How many things both tell alike if that makes them one event, else 0.

        ``other`` is the later one; the two must not contradict.
        """
        if self._is_circumstance(one, other):
            return _CIRCUMSTANCE
        participants, places = self._participants(one, other), self._places(one, other)
        circumstances = (*places, _days(one, other), _same_number(one, other))
        alike = sum(verdict is True for verdict in (*participants, *circumstances))
        like = one.action == other.action or {one.action, other.action} in self.like
        same_kind = like and one.factuality == other.factuality
        open_ended = bool(participants) or _is_pronominal(other)
        told = any(participants) or (any(places) and open_ended)
        taken_up = told and None not in places and self._is_taken_up(other)
        needed = (1 if same_kind and taken_up else 2) + (_is_past(one) != _is_past(other))
        return alike if alike >= needed else 0

    def _is_circumstance(self, one: Event, other: Event) -> bool:
        """Whether a participle of circumstance says where its clause leads (ḥāl).

        غادر الوفد القاهرة متوجها إلى الدوحة        متوجها --> غادر, of one and the same الوفد
        """
        clause = other.construction == "participle" and one.head.is_ancestor(other.head)
        return clause and one.action != other.action and _same_spans(one.actors, other.actors)

    def _occasions_differ(self, one: Event, other: Event) -> bool:
        """Whether a verbal noun tells another occasion: «زيارة ثانية», «زيارات», «زيارة خاصة»."""
        left, right = self._occasion(one), self._occasion(other)
        if left.others != right.others or left.many != right.many:
            return True
        return any(
            left.said & group and right.said & group and not left.said & right.said & group
            for group in self.contrasts
        )

    def _occasion(self, event: Event) -> Occasion:
        if event.construction != "masdar":
            return Occasion(frozenset(), False, frozenset())
        end = min(event.head.i + _BESIDE, event.head.sent.end)
        phrase = self.phrases.read(event.head.doc[event.head.i : end])
        said: Keys = frozenset().union(*phrase.modifiers)
        return Occasion(phrase.others, bool(phrase.plural), said)

    def _participants(self, one: Event, other: Event) -> list[Verdict]:
        """Verdicts on agent and theme, where both events have them.

        «سحبت روسيا قواتها», «انسحبت روسيا»: the agent of one may be the theme of the other.
        """
        verdicts = [
            _verdict(left, right, self._same_participant)
            for left, right in ((one.agent, other.agent), (one.theme, other.theme))
            if left and right
        ]
        if bool(one.agent) != bool(other.agent):
            crossed = _verdict(one.actors, other.actors, self._same_participant)
            return [True] if crossed else verdicts
        return verdicts

    def _places(self, one: Event, other: Event) -> list[Verdict]:
        return [
            _verdict(left, right, self._same_place)
            for left, right in ((one.origin, other.origin), (one.destination, other.destination))
            if left and right
        ]

    def _way_back(self, one: Event, other: Event) -> bool:
        """Whether one leads to where the other comes from."""
        ways = ((one.origin, other.destination), (one.destination, other.origin))
        return any(
            self._same_place(left, right) for start, end in ways for left in start for right in end
        )

    def _is_taken_up(self, event: Event) -> bool:
        """Whether the participants are such as were named before."""
        return all(
            argument.resolved_by is not None
            or argument.wikidata is not None
            or self._phrase(argument).definite
            for argument in event.actors
        )

    def _same_participant(self, one: Argument, other: Argument) -> Verdict:
        if one.span.start < other.span.end and other.span.start < one.span.end:
            return True
        if one.country and other.country and one.country != other.country:
            return False
        if one.wikidata and other.wikidata:
            return one.wikidata == other.wikidata
        if one.name and one.name == other.name:
            return True
        if one.country and one.country == other.country and self._are_states(one, other):
            return True
        left, right = self._phrase(one), self._phrase(other)
        if one.country and one.country == other.country and self._may_be_titled(left, right):
            return None
        return self.phrases.same(left, right)

    def _may_be_titled(self, one: Phrase, other: Phrase) -> bool:
        """Whether one gives the name and the other a title: «أردوغان», «الرئيس التركي»."""
        titled, named = (other, one) if one.person else (one, other)
        alike = bool(one.head & other.head)
        return bool(named.person) and not alike and self.phrases.is_title(titled)

    def _are_states(self, *arguments: Argument) -> bool:
        """By their names, capitals or governments: «ألمانيا», «برلين», «السلطات الألمانية»."""
        return all(
            argument.code == argument.country
            or bool(self._phrase(argument).head & self.phrases.governments)
            for argument in arguments
        )

    def _same_place(self, one: Argument, other: Argument) -> Verdict:
        if one.span.start < other.span.end and other.span.start < one.span.end:
            return True
        return self.places.same(one, other, (self._phrase(one), self._phrase(other)))

    def _phrase(self, argument: Argument) -> Phrase:
        key = (argument.span.start, argument.span.end)
        if key not in self._read:
            self._read[key] = self.phrases.read(argument.span)
        return self._read[key]


def _verdict(left: Sequence[Argument], right: Sequence[Argument], same: Compare) -> Verdict:
    """True where any filler is told by both, False where each pair differs."""
    verdicts = [same(one, other) for one in left for other in right]
    return True if any(verdicts) else None if None in verdicts else False


def _counts_meet(one: Event, other: Event) -> bool:
    """False where both counts are known and cannot be equal.

    «الآلاف» may be ten thousand: the greatest number of a range is doubled.
    """
    least = max(event.theme_count_min or 0 for event in (one, other))
    greatest = [
        event.theme_count_max * (1 if event.theme_count_min == event.theme_count_max else 2)
        for event in (one, other)
        if event.theme_count_max is not None
    ]
    return not greatest or least <= min(greatest)


def _same_number(one: Event, other: Event) -> bool:
    """Whether both tell one exact number."""
    number = one.theme_count_min
    exact = all(event.theme_count_min == event.theme_count_max == number for event in (one, other))
    return number is not None and exact and number >= _TELLING_NUMBER


def _is_pronominal(event: Event) -> bool:
    """A verbal noun whose pronoun is open: «توجه[هما] إلى سوريا»."""
    return not event.actors and any(gap.token.pos_ == "PRON" for gap in event.gaps)


def _same_spans(left: Sequence[Argument], right: Sequence[Argument]) -> bool:
    """Whether both are filled by the same words."""
    spans = [{(a.span.start, a.span.end) for a in arguments} for arguments in (left, right)]
    return bool(spans[0]) and spans[0] == spans[1]


def _is_past(event: Event) -> bool:
    """Whether an event lies in a longer time before the article, as background does: «عام 2015»."""
    end = event.event_date_end or event.event_date
    published = event.trigger.doc._.meta.get("date")
    if event.event_date is None or end is None or end == event.event_date:
        return False
    return not published or end < date.fromisoformat(published)


def _days(one: Event, other: Event) -> Verdict:
    """True for one day, False for dates that do not meet, None where a date is missing or wide."""
    if one.event_date is None or other.event_date is None:
        return None
    end, other_end = one.event_date_end or one.event_date, other.event_date_end or other.event_date
    if one.event_date > other_end or other.event_date > end:
        return False
    narrow = end == one.event_date and other_end == other.event_date
    return True if narrow else None
