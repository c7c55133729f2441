"""What is known about an event when its confidence is asked for.

Few features, each a reason to trust or to doubt a row, so that some hundred gold events are enough
to weigh them; the names are the keys of the weights in ``configs/confidence.yaml``:

loose                 a place that the parse hangs elsewhere (its rule says so)
actor_unknown         nothing is known of the actor's noun: it may be no mover
actor_is_place        «غادرت [دمشق]»: a place as mover
gaps_left             roles that a pronoun or a gap left open
theme_distance        log of the tokens between trigger and theme
destination_distance  the same for the first destination
destination_filled    a destination is said
destinations          log of one more than their number: each may be wrong
destination_linked    the place is known to Wikidata or GeoNames
dated, counted        the text says when, how many
named                 a name in the actor's phrase
events_in_sentence    log of the movement events beside it
sentence_length       in units of 40 tokens
"""

from __future__ import annotations

from math import log1p

from spacy.tokens import Token

from pipeline.events import Argument, Event
from pipeline.extract.semantics import Classifier

_PLACES = ("origin", "destination")
_LOOSE = (".nominal", ".linear")
_LONG_SENTENCE = 40.0  # tokens


def features(event: Event, classes: Classifier) -> dict[str, float]:
    """The features of an event; a missing key is 0."""
    head = event.head
    beside = sum(other.head.sent == head.sent for other in head.doc._.events if other is not event)
    found = {
        "bias": 1.0,
        "loose": float(any(a.rule.endswith(_LOOSE) for r in _PLACES for a in event.arguments(r))),
        "gaps_left": float(len(event.gaps)),
        "dated": float(bool(event.time)),
        "counted": float(event.theme_count_min is not None),
        "events_in_sentence": log1p(beside),
        "sentence_length": len(head.sent) / _LONG_SENTENCE,
    }
    if event.theme:
        found["theme_distance"] = _distance(event.theme[0], head)
    found |= _of_actors(event, classes) | _of_destinations(event)
    return {name: value for name, value in found.items() if value}


def _of_actors(event: Event, classes: Classifier) -> dict[str, float]:
    kinds = [classes.classes(argument.head) for argument in event.actors[:1]]
    named = any(token.ent_type_ for argument in event.actors[:1] for token in argument.span)
    return {
        "actor_unknown": float(any(not kind for kind in kinds)),
        "actor_is_place": float(any("place" in kind for kind in kinds)),
        "named": float(named),
    }


def _of_destinations(event: Event) -> dict[str, float]:
    found = {"destinations": log1p(len(event.destination))}
    if event.destination:
        first = event.destination[0]
        found["destination_filled"] = 1.0
        found["destination_distance"] = _distance(first, event.head)
        found["destination_linked"] = float(bool(first.geonameid or first.wikidata))
    return found


def _distance(argument: Argument, head: Token) -> float:
    return log1p(abs(argument.head.i - head.i))
