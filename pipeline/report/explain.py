"""Why a sentence gives the events that it gives: its parse, the rules that fired, the events."""

from html import escape

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from spacy import displacy
from spacy.tokens import Doc

from pipeline.events import ROLES, Argument, Event


def explain(doc: Doc) -> RenderableType:
    """A Doc's parse and events as rich tables for a terminal."""
    parts: list[RenderableType] = [_parse_table(doc)]
    parts += [_event_table(event) for event in doc._.events]
    if not doc._.events:
        parts.append(Text("No movement event.", style="yellow"))
    return Group(*parts)


def explain_html(doc: Doc) -> str:
    """A self-contained page with the dependency trees, entities and events of a Doc."""
    trees = displacy.render(list(doc.sents), style="dep", page=False, options={"compact": True})
    events = "".join(_event_html(event) for event in doc._.events) or "<p>No movement event.</p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Explain</title>'
        "<style>body{font:15px system-ui,sans-serif;margin:24px}.tree{overflow-x:auto}"
        "table{border-collapse:collapse;margin:12px 0}td,th{border:1px solid #ccc;padding:3px 9px;"
        "text-align:left}td{unicode-bidi:isolate}.text{direction:rtl;font-size:20px}</style>"
        f'<p class="text">{escape(doc.text)}</p>{events}<div class="tree">{trees}</div></html>'
    )


def _parse_table(doc: Doc) -> Table:
    table = Table("#", "word", "norm", "lemma", "UPOS", "relation", "head", "entity")
    for token in doc:
        if not token.is_space:
            table.add_row(
                str(token.i), token.text, token.norm_, token.lemma_, token.pos_, token.dep_,
                f"{token.head.i} {token.head.text}" if token.dep_ != "root" else "—",
                token.ent_type_,
            )  # fmt: skip
    return table


def _event_table(event: Event) -> Table:
    table = Table("role", "text", "name", "rule", title=_title(event), title_justify="left")
    for row in _event_rows(event):
        table.add_row(*row)
    return table


def _event_html(event: Event) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in _event_rows(event)
    )
    head = "<tr><th>role</th><th>text</th><th>name</th><th>rule</th></tr>"
    return f"<h3><bdi>{escape(_title(event))}</bdi></h3><table>{head}{rows}</table>"


def _title(event: Event) -> str:
    confidence = "" if event.confidence is None else f", confidence {event.confidence:.2f}"
    return (
        f"{event.trigger.text}: {event.action} ({event.construction}, {event.factuality}"
        f"{confidence}) by {event.rule}"
    )


def _event_rows(event: Event) -> list[tuple[str, str, str, str]]:
    """Role, text, English name and rules of each argument."""
    rows = [
        (role, argument.span.text, argument.name or "", _rules(argument))
        for role in ROLES
        for argument in event.arguments(role)
    ]
    rows += [("time", span.text, str(event.event_date or ""), "") for span in event.time]
    if event.attribution:
        source = event.attribution
        rows.append(("attribution", source.span.text, source.name or "", _rules(source)))
    if event.factuality_rule:
        rows.append(("factuality", event.factuality, "", event.factuality_rule))
    rows += [("gap", gap.token.text, "", f"{gap.role}: {gap.kind}") for gap in event.gaps]
    return rows


def _rules(argument: Argument) -> str:
    return " + ".join(filter(None, [argument.rule, argument.resolved_by, argument.name_rule]))
