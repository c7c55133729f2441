"""explain shows each rule that fired, and escapes what it shows."""

from rich.console import Console
from spacy.lang.ar import Arabic
from spacy.tokens import Doc

import pipeline.events  # noqa: F401  (declares doc._.events)
from pipeline.events import Argument, Event
from pipeline.report.explain import explain, explain_html


def sent_doc() -> Doc:
    """«أرسلت طهران قوات» with its event."""
    words = ["أرسلت", "طهران", "<b>قوات</b>"]
    doc = Doc(
        Arabic().vocab, words=words, heads=[0, 0, 0], deps=["root", "nsubj", "obj"],
        pos=["VERB", "X", "NOUN"], lemmas=words, sent_starts=[True, False, False],
    )  # fmt: skip
    agent = Argument(doc[1:2], rule="agent.nsubj", name="Tehran")
    theme = Argument(doc[2:3], rule="theme.obj")
    doc._.events = [
        Event(doc[0:1], "sent", "finite", "finite.transitive", agent=[agent], theme=[theme])
    ]
    return doc


def printed(doc: Doc) -> str:
    console = Console(width=200, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    console.print(explain(doc))
    return console.export_text()


def test_the_terminal_shows_parse_rules_and_names() -> None:
    text = printed(sent_doc())
    for part in ("nsubj", "finite.transitive", "agent.nsubj", "Tehran"):
        assert part in text


def test_a_sentence_without_events_says_so() -> None:
    doc = sent_doc()
    doc._.events = []
    assert "No movement event" in printed(doc)
    assert "No movement event" in explain_html(doc)


def test_html_is_escaped() -> None:
    page = explain_html(sent_doc())
    assert "<b>" not in page
    assert "&lt;b&gt;قوات" in page
    assert "agent.nsubj" in page
