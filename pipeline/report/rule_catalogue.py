"""The catalogue of rules: what each rule name of a row means, with a clause that shows it.

``configs/rules.yaml`` is the data. Its clauses are drawn as in the docstrings of the rules, with
brackets around the words of an event, each followed by what they are::

    [نقلت]moved [الشرطة]agent [المعتقلين]theme من [السجن]origin إلى [المحكمة]destination أمس.

The trigger carries its action, and its factuality where that is not ``asserted``
(``[إرسال]sent/planned``); words that are two things carry both (``[العائدون]returned+theme``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter
from rich.text import Text

from pipeline.data_files import read_yaml
from pipeline.events import ROLES, Event
from pipeline.orthography import CONFIGS

RULES_FILE = CONFIGS / "rules.yaml"
#: The end of an event's rule whose trigger was found by its form.
BY_FORM = ".form"
#: Labels of words in a clause that are no trigger.
LABELS = (*ROLES, "attribution")
_MARKED = re.compile(r"\[([^\[\]]+)\]([a-z]+(?:[+/][a-z]+)*)")
_ROLE = re.compile(rf"\b(?:{'|'.join(ROLES)})\b")


class Rule(BaseModel):
    """One rule: what it reads, a clause that it applies to, and one where it must keep out.

    A counter-example without brackets holds no event at all.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str
    example: str
    counter_example: str


#: The rules of each field of a row (event, argument, resolved_by, factuality, …) by their names.
Catalogue = dict[str, dict[str, Rule]]


@dataclass(slots=True)
class Clause:
    """A clause of the catalogue: its text, and the event drawn in it by character offsets."""

    text: str = ""
    trigger: tuple[int, int] | None = None
    action: str = ""
    factuality: str = "asserted"
    roles: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


@lru_cache(maxsize=2)
def load_rules(path: Path = RULES_FILE) -> Catalogue:
    """The catalogue.

    Raises FileNotFoundError, or pydantic.ValidationError where the file is malformed.
    """
    return TypeAdapter(Catalogue).validate_python(read_yaml(path), strict=True)


def entry_of(name: str) -> str:
    """The entry for the name of an argument's rule: ``destination.direct`` is ``ROLE.direct``.

    Names that hold no role, or have an entry for the role («theme.host»), stand for themselves.
    """
    return name if name in load_rules()["argument"] else _ROLE.sub("ROLE", name)


def rules_of(event: Event) -> dict[str, set[str]]:
    """Entries of the catalogue that an event is traced to, by field; open gaps have none."""
    arguments = [argument for role in ROLES for argument in event.arguments(role)]
    named = [*arguments, event.attribution] if event.attribution else arguments
    kind = event.rule.removesuffix(BY_FORM)
    fields: dict[str, Iterable[str | None]] = {
        "event": (kind, BY_FORM if event.rule != kind else None),
        "argument": (entry_of(argument.rule) for argument in arguments),
        "resolved_by": (argument.resolved_by for argument in arguments),
        "factuality": (event.factuality_rule,),
        "attribution": (event.attribution.rule if event.attribution else None,),
        "name": (argument.name_rule for argument in named),
    }
    return {kind: {name for name in names if name} for kind, names in fields.items()}


def read_clause(drawn: str) -> Clause:
    """The clause that ``drawn`` shows.

    Raises ValueError where two triggers are marked.
    """
    clause = Clause()
    end = 0
    for match in _MARKED.finditer(drawn):
        clause.text += drawn[end : match.start()]
        start = len(clause.text)
        clause.text += match[1]
        end = match.end()
        for label in match[2].split("+"):
            if label in LABELS:
                clause.roles.setdefault(label, []).append((start, len(clause.text)))
                continue
            if clause.trigger is not None:
                raise ValueError(f"Two triggers in one clause: {drawn}")
            clause.trigger = (start, len(clause.text))
            clause.action, _, factuality = label.partition("/")
            clause.factuality = factuality or clause.factuality
    clause.text += drawn[end:]
    return clause


def list_rules(wanted: str = "") -> Text:
    """The rules whose names hold ``wanted``, for a terminal."""
    shown = Text()
    for kind, rules in load_rules().items():
        for name, rule in rules.items():
            if wanted in name:
                shown.append(f"{kind}: {name}\n", style="bold")
                shown.append(f"  {rule.what}\n  + {rule.example}\n  - {rule.counter_example}\n")
    return shown
