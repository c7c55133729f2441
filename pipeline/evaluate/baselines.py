"""Two simple systems, scored beside the pipeline on the same parses.

They show what the constructions are worth: ``verb_subject_goal`` is what a newcomer would write
over a dependency parse, ``verbs_only`` is the pipeline without its masdars, participles and
passives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Token

from pipeline.data_files import read_yaml
from pipeline.evaluate.frames import Frame, Offsets, frames_of
from pipeline.text import fold

FINITE = "finite"


@dataclass(frozen=True)
class TriggerVerbs:
    """Folded lemmas of the frames' verbs with their actions, and the first marker of a goal."""

    actions: Mapping[str, str]
    goal_marker: str


def trigger_verbs(frames: str | Path) -> TriggerVerbs:
    """The trigger list of a folder of frame files (the first line of a verb decides).

    Raises FileNotFoundError where the folder holds no frame.
    """
    files = sorted(Path(frames).glob("*.yaml"))
    if not files:
        raise FileNotFoundError(f"No frame files in {frames}.")
    actions: dict[str, str] = {}
    markers = []
    for file in files:
        frame = read_yaml(file)
        markers += frame.get("markers", {}).get("destination", [])
        for trigger in frame.get("triggers", []):
            if trigger["verb"]:
                actions.setdefault(fold(trigger["verb"]), trigger["action"])
    return TriggerVerbs(actions, fold(markers[0][0]))


def verb_subject_goal(doc: Doc, verbs: TriggerVerbs) -> list[Frame]:
    """Baseline (a): a listed verb with its nsubj and its first oblique under the goal marker.

    The subject is the agent where the verb has an object,
    and the theme otherwise; spans are whole subtrees.
    """
    frames = []
    for token in doc:
        action = verbs.actions.get(fold(token.lemma_)) if token.pos_ == "VERB" else None
        if action is None:
            continue
        subjects = _subtrees(token, "nsubj")
        objects = _subtrees(token, "obj")
        goals = (
            _without_case(child)
            for child in token.children
            if child.dep_.startswith("obl") and _has_case(child, verbs.goal_marker)
        )
        roles = {
            "agent": subjects[:1] if objects else (),
            "theme": objects[:1] or subjects[:1],
            "destination": tuple(goals)[:1],
        }
        trigger = (token.idx, token.idx + len(token))
        frames.append(Frame(trigger, action, roles, construction=FINITE, rule="baseline_a"))
    return frames


def verbs_only(doc: Doc) -> list[Frame]:
    """Baseline (b): the pipeline's own events, of finite active verbs only."""
    return [frame for frame in frames_of(doc) if frame.construction == FINITE]


def _subtrees(verb: Token, relation: str) -> tuple[Offsets, ...]:
    children = [child for child in verb.children if child.dep_.startswith(relation)]
    return tuple(_offsets(list(child.subtree)) for child in children)


def _has_case(token: Token, marker: str) -> bool:
    return any(child.dep_ == "case" and fold(child.norm_) == marker for child in token.children)


def _without_case(token: Token) -> Offsets:
    left = [child for child in token.children if child.dep_ == "case"]
    dropped = {piece.i for child in left for piece in child.subtree}
    return _offsets([piece for piece in token.subtree if piece.i not in dropped])


def _offsets(tokens: list[Token]) -> Offsets:
    words = [token for token in tokens if not token.is_space]
    return words[0].idx, words[-1].idx + len(words[-1])
