"""The ``event_clusters`` component: events of one article that tell the same thing share an id.

Two events are taken for one where their actions agree, no role, date, count or polarity
contradicts, and at least two of actor, theme, origin, destination and date are told by both, a
participant among them. Every event gets a cluster id; counting the distinct ids counts each event
once. Nothing is removed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.data_files import read_yaml
from pipeline.events import Argument, Event
from pipeline.resolve.gazetteer import load_gazetteer
from pipeline.resolve.lexicon import word_key

#: Roles that both events must tell alike for them to be one.
SHARED = 2


@Language.factory(
    "event_clusters",
    default_config={"root": None, "lexicons": "lexicons"},
)
def create_event_clusters(
    nlp: Language, name: str, root: str | None, lexicons: str
) -> EventClusters:
    """Component factory; ``lexicons`` is a folder relative to ``root``."""
    return EventClusters(Path(root or "configs") / lexicons)


class EventClusters:
    """Fills cluster_id of ``doc._.events``: the article's id and the first trigger's offset."""

    def __init__(self, lexicons: Path) -> None:
        """Reads ``clusters.yaml`` and the gazetteer. Raises FileNotFoundError where missing."""
        table = read_yaml(lexicons / "clusters.yaml")
        self.gazetteer = load_gazetteer(lexicons)
        self.compatible = {frozenset(pair) for pair in table["compatible_actions"]}
        self.general = {word_key(head) for head in table["general_heads"]}

    def __call__(self, doc: Doc) -> Doc:
        """Link the events of ``doc``. An event joins a cluster if it agrees with all of it."""
        clusters: list[list[Event]] = []
        for event in sorted(doc._.events, key=lambda e: e.trigger.start_char):
            for cluster in clusters:
                if all(self.same(event, member) for member in cluster):
                    cluster.append(event)
                    break
            else:
                clusters.append([event])
        prefix = doc._.meta.get("id", "")
        for cluster in clusters:
            for event in cluster:
                event.cluster_id = f"{prefix}:{cluster[0].trigger.start_char}"
        return doc

    def same(self, one: Event, other: Event) -> bool:
        """True where two events of an article tell the same thing."""
        actions = frozenset((one.action, other.action))
        if len(actions) == 2 and actions not in self.compatible:
            return False
        if (one.factuality == "negated") != (other.factuality == "negated"):
            return False
        participants = self._agreements(
            (one.actors, other.actors), (one.theme, other.theme), compare=self._same_participant
        )
        places = self._agreements(
            (one.origin, other.origin),
            (one.destination, other.destination),
            compare=self._same_place,
        )
        if participants is None or places is None or not _counts_agree(one, other):
            return False
        dates = _dates_agree(one, other)
        if dates is None or not participants:
            return False
        return participants + places + dates >= SHARED

    def _agreements(
        self,
        *roles: tuple[Sequence[Argument], Sequence[Argument]],
        compare: Callable[[Argument, Argument], bool | None],
    ) -> int | None:
        """How many roles both events fill alike; None where they fill one differently."""
        agreements, seen = 0, set()
        for left, right in roles:
            fillers = tuple(id(argument) for argument in (*left, *right))
            if not left or not right or fillers in seen:
                continue  # the theme counts once where it is the actor too
            seen.add(fillers)
            verdicts = [compare(a, b) for a in left for b in right]
            if any(verdicts):
                agreements += 1
            elif all(verdict is False for verdict in verdicts):
                return None
        return agreements

    def _same_participant(self, one: Argument, other: Argument) -> bool | None:
        """True for the same one, None where it cannot be told, False for different ones."""
        if one.country and other.country and one.country != other.country:
            return False
        if one.wikidata and other.wikidata:
            return one.wikidata == other.wikidata
        left, right = word_key(one.head.lemma_), word_key(other.head.lemma_)
        if left in self.general or right in self.general:
            return None
        if one.head.ent_type_ == "PER" or other.head.ent_type_ == "PER":
            return _last_word(one) == _last_word(other)
        return left == right

    def _same_place(self, one: Argument, other: Argument) -> bool | None:
        """True for the same place, None where one may lie in the other, False otherwise."""
        if one.lat is not None and (one.lat, one.lon) == (other.lat, other.lon):
            return True
        if one.country and other.country and one.country != other.country:
            return False
        if one.country and other.country and one.geonameid and other.geonameid:
            return None if self._is_state(one) or self._is_state(other) else False
        return True if word_key(one.head.norm_) == word_key(other.head.norm_) else None

    def _is_state(self, argument: Argument) -> bool:
        state = self.gazetteer.country(argument.country or "")
        return state is not None and state.geonameid == argument.geonameid


def _last_word(argument: Argument) -> str:
    words = [token for token in argument.span if token.ent_type_ == "PER"]
    return word_key((words or [argument.head])[-1].norm_)


def _counts_agree(one: Event, other: Event) -> bool:
    """False where both counts are known and cannot be equal."""
    least = max(event.theme_count_min or 0 for event in (one, other))
    greatest = [
        event.theme_count_max for event in (one, other) if event.theme_count_max is not None
    ]
    return not greatest or least <= min(greatest)


def _dates_agree(one: Event, other: Event) -> int | None:
    """1 where both have dates that meet, 0 where one has none, None where they differ."""
    if one.event_date is None or other.event_date is None:
        return 0
    end, other_end = one.event_date_end or one.event_date, other.event_date_end or other.event_date
    return 1 if one.event_date <= other_end and other.event_date <= end else None
