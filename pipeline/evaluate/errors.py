"""The error report: annotated against predicted, with the parse and the rules that fired.

One section a sentence line of the gold that is not wholly right. As HTML (right-to-left, all text
escaped) or as plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from spacy.tokens import Doc, Token

from pipeline.evaluate.frames import FRAME_ROLES, Frame
from pipeline.evaluate.gold import GoldLine, GoldText
from pipeline.evaluate.run import SYSTEM, SetResult
from pipeline.evaluate.scores import Comparison

_STYLE = """
body { font: 15px/1.5 sans-serif; margin: 2em; } section { border-top: 1px solid #999; }
.text { font-size: 19px; } table { border-collapse: collapse; direction: ltr; }
td, th { padding: 1px 8px; border-bottom: 1px solid #ddd; text-align: left; }
.wrong { background: #fdd; } .missed { background: #fe9; } .false { background: #fcb; }
.rules { color: #666; } details { direction: ltr; }
"""


def write_errors(results: Sequence[SetResult], path: str | Path) -> int:
    """Writes the report as HTML (``.html``, ``.htm``) or text; returns the number of its lines."""
    file = Path(path)
    entries = [entry for result in results for entry in _faulty(result)]
    is_html = file.suffix.lower() in (".html", ".htm")
    content = _html(entries) if is_html else "\n".join(_text_section(*entry) for entry in entries)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return len(entries)


_Entry = tuple[GoldText, GoldLine, Doc, list[Comparison]]


def _faulty(result: SetResult) -> Iterator[_Entry]:
    for text in result.texts:
        for line in text.gold.lines:
            comparisons = [
                item for item in text.comparisons[SYSTEM] if line.start <= _start(item) <= line.end
            ]
            if any(item.wrong for item in comparisons):
                yield text.gold, line, text.doc, comparisons


def _start(comparison: Comparison) -> int:
    frame = comparison.gold or comparison.predicted
    assert frame is not None
    return frame.trigger[0]


def _verdict(comparison: Comparison) -> str:
    if comparison.predicted is None:
        return "MISSED"
    if comparison.gold is None:
        return "FALSE"
    return "wrong: " + ", ".join(comparison.wrong) if comparison.wrong else "right"


def _cells(frame: Frame, text: str) -> Iterator[tuple[str, str]]:
    """(name, value) of what is filled in a frame."""
    yield "trigger", text[slice(*frame.trigger)]
    yield "action", frame.action
    for role in FRAME_ROLES:
        if frame.fillers(role):
            yield role, " | ".join(text[slice(*span)] for span in frame.fillers(role))
    yield "factuality", frame.factuality


def _line_tokens(doc: Doc, line: GoldLine) -> Iterator[Token]:
    return (token for token in doc if line.start <= token.idx < line.end and not token.is_space)


def _token_row(token: Token) -> tuple[str, ...]:
    head = "root" if token.head.i == token.i else f"{token.head.i} {token.head.norm_}"
    return (
        str(token.i),
        token.text,
        token.lemma_,
        token.pos_,
        token.dep_,
        head,
        token.ent_type_,
        str(token.morph),
    )


def _text_section(gold: GoldText, line: GoldLine, doc: Doc, comparisons: list[Comparison]) -> str:
    lines = [f"=== {line.id}", gold.text[line.start : line.end]]
    for comparison in comparisons:
        lines.append(f"--- {_verdict(comparison)}")
        for label, frame in (("gold", comparison.gold), ("pred", comparison.predicted)):
            if frame:
                cells = "; ".join(f"{name}={value}" for name, value in _cells(frame, gold.text))
                lines.append(f"{label}: {cells}")
        if comparison.predicted:
            lines.append("rules: " + "; ".join(_rules(comparison.predicted)))
    lines += ["\t".join(_token_row(token)) for token in _line_tokens(doc, line)]
    return "\n".join(lines) + "\n"


def _rules(frame: Frame) -> list[str]:
    confidence = [] if frame.confidence is None else [f"confidence {frame.confidence:.2f}"]
    return [f"{frame.construction}: {frame.rule}", *frame.notes, *confidence]


def _html(entries: Iterable[_Entry]) -> str:
    sections = "\n".join(_html_section(*entry) for entry in entries)
    return (
        '<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">'
        f"<title>Errors</title><style>{_STYLE}</style></head><body>\n{sections}\n</body></html>\n"
    )


def _html_section(gold: GoldText, line: GoldLine, doc: Doc, comparisons: list[Comparison]) -> str:
    tables = "\n".join(_html_comparison(item, gold.text) for item in comparisons)
    tokens = "\n".join(_row("td", _token_row(token)) for token in _line_tokens(doc, line))
    return (
        f'<section><h3 dir="ltr">{escape(line.id)}</h3>'
        f'<p class="text">{escape(gold.text[line.start : line.end])}</p>\n{tables}\n'
        f"<details><summary>parse</summary><table>{tokens}</table></details></section>"
    )


def _html_comparison(comparison: Comparison, text: str) -> str:
    verdict = _verdict(comparison)
    rows = {"gold": comparison.gold, "predicted": comparison.predicted}
    cells = {label: dict(_cells(frame, text)) for label, frame in rows.items() if frame}
    names = ["trigger", "action", *FRAME_ROLES, "factuality"]
    used = [name for name in names if any(name in row for row in cells.values())]
    body = _row("th", ["", *used]) + "".join(
        _row("td", [label, *(row.get(name, "") for name in used)]) for label, row in cells.items()
    )
    rules = "; ".join(_rules(comparison.predicted)) if comparison.predicted else ""
    css = verdict.split(":")[0].lower()
    return (
        f'<p class="{css}" dir="ltr">{escape(verdict)}</p><table>{body}</table>'
        f'<p class="rules" dir="ltr">{escape(rules)}</p>'
    )


def _row(tag: str, cells: Iterable[str]) -> str:
    inner = "".join(f'<{tag} dir="auto">{escape(cell)}</{tag}>' for cell in cells)
    return f"<tr>{inner}</tr>"
