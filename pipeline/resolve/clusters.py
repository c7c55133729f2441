"""The ``event_clusters`` component: events of one article that tell the same thing share an id.

An event joins the events before it that none contradicts and one supports most
(:mod:`pipeline.resolve.clusters_agreement`). Every event gets a cluster id; counting the distinct
ids counts each event once. Nothing is removed.
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.data_files import read_yaml
from pipeline.events import Event
from pipeline.extract.semantics import load_semantics
from pipeline.resolve.clusters_agreement import Agreement
from pipeline.resolve.clusters_phrases import PhraseReader, keys
from pipeline.resolve.clusters_places import PlaceComparer
from pipeline.resolve.gazetteer import load_gazetteer
from pipeline.resolve.numbers import CountReader
from pipeline.resolve.place_words import PlaceNouns


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
        """Reads ``clusters.yaml`` and what names and places need.

        Raises FileNotFoundError where a file is missing.
        """
        table = read_yaml(lexicons / "clusters.yaml")
        gazetteer = load_gazetteer(lexicons)
        self.like = frozenset(frozenset(pair) for pair in table["like_actions"])
        self.compatible = frozenset(frozenset(pair) for pair in table["compatible_actions"])
        self.phrases = PhraseReader(
            table, load_semantics(lexicons), CountReader(lexicons / "numbers.yaml"), gazetteer
        )
        self.contrasts = [keys(group) for group in table["contrasts"]]
        nouns = PlaceNouns(lexicons / "places_nouns.yaml")
        self.places = PlaceComparer(gazetteer, nouns, self.phrases)

    def __call__(self, doc: Doc) -> Doc:
        """Link the events of ``doc``."""
        agreement = Agreement(self.like, self.compatible, self.contrasts, self.phrases, self.places)
        clusters: list[list[Event]] = []
        for event in sorted(doc._.events, key=lambda e: e.trigger.start_char):
            told = _told_before(event, clusters, agreement)
            if told is None:
                clusters.append([event])
            else:
                told.append(event)
        prefix = doc._.meta.get("id", "")
        for cluster in clusters:
            for event in cluster:
                event.cluster_id = f"{prefix}:{cluster[0].trigger.start_char}"
        return doc


def _told_before(
    event: Event, clusters: list[list[Event]], agreement: Agreement
) -> list[Event] | None:
    """The cluster that ``event`` belongs to: of several, the best supported, then the last."""
    best: tuple[int, int] = (0, -1)
    for number, cluster in enumerate(clusters):
        if any(agreement.contradict(member, event) for member in cluster):
            continue
        support = max(agreement.support(member, event) for member in cluster)
        best = max(best, (support, number))
    return clusters[best[1]] if best[0] else None
