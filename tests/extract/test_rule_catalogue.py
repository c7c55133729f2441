"""Every rule that a row can name has an entry with a clause and a counter-clause, which are run."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.tokens import Doc

import pipeline
from pipeline.evaluate.gold import read_gold
from pipeline.events import ROLES, Event
from pipeline.extract.conditions import CONDITIONS
from pipeline.report.rule_catalogue import Clause, entry_of, load_rules, read_clause, rules_of

ROOT = Path(__file__).parents[2]
RULES = load_rules()
ENTRIES = [(kind, name) for kind, rules in RULES.items() for name in rules]
#: What a rule's name looks like: lower-case words joined by dots, the first of a known family.
NAME = re.compile(rf"(?:subject|object|idafa|participle|{'|'.join(ROLES)})(?:\.(?:[a-z_]+|\*))+")


def names_in(source: str) -> Iterator[str]:
    """Names of argument rules in code; what a formatted string leaves open is an asterisk."""
    tree = ast.parse(source)
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            drawn = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
            name = "".join(map(str, drawn))
        elif isinstance(node, ast.Constant) and id(node) not in parts:
            name = str(node.value)
        else:
            continue
        if NAME.fullmatch(name):
            yield name


def test_names_are_found_in_code() -> None:
    source = 'RULE = "subject.nsubj"\nadd(f"subject.{kind}")\nopen("subject.csv.gz").read(f"{a}.b")'
    assert set(names_in(source)) == {"subject.nsubj", "subject.*", "subject.csv.gz"}


def test_every_rule_of_an_argument_has_an_entry() -> None:
    """A name, or the beginning of one («idafa.subject» + role)."""
    modules = [*(ROOT / "pipeline/extract").glob("*.py"), *(ROOT / "pipeline/resolve").glob("*.py")]
    found = {name for path in modules for name in names_in(path.read_text(encoding="utf-8"))}
    assert len(found) > 30
    missing = []
    for name in found:
        pattern = re.escape(entry_of(name)).replace(r"\*", "[A-Za-z_]+") + r"(\..*)?"
        if not any(re.fullmatch(pattern, entry) for entry in RULES["argument"]):
            missing.append(name)
    assert not missing, f"Rules without an entry in configs/rules.yaml: {sorted(missing)}"


@pytest.mark.parametrize(
    ("module", "called", "position", "kind"),
    [
        ("factuality_scope", "Signal", 1, "factuality"),
        ("attribution_reports", "Report", 0, "attribution"),
    ],
)
def test_every_rule_of_a_judgement_has_an_entry(
    module: str, called: str, position: int, kind: str
) -> None:
    source = (ROOT / f"pipeline/resolve/{module}.py").read_text(encoding="utf-8")
    calls = [
        node.args[position]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == called
    ]
    names = {node.value for node in calls if isinstance(node, ast.Constant)}
    assert len(names) > 3
    assert names <= RULES[kind].keys()


def test_every_condition_and_filter_has_an_entry() -> None:
    """But for those that only choose between senses, or keep a kind of word out of the frame."""
    source = (ROOT / "pipeline/extract/filters.py").read_text(encoding="utf-8")
    tree = next(
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == "rejected"
    )
    returned = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return)]
    filters = {str(node.value) for node in returned if isinstance(node, ast.Constant)} - {"None"}
    assert len(filters) > 5
    wanted = filters | {"marker"} | CONDITIONS.keys() - {"caused_clearly", "never"}
    assert wanted == RULES["rejected_by"].keys()


@pytest.mark.parametrize(
    ("name", "entry"),
    [("destination.direct", "ROLE.direct"), ("idafa.agent", "idafa.ROLE"),
     ("theme.host", "theme.host"), ("subject.nsubj", "subject.nsubj")],
)  # fmt: skip
def test_roles_in_names_of_rules(name: str, entry: str) -> None:
    assert entry_of(name) == entry


def test_a_drawn_clause() -> None:
    clause = read_clause("ثم [عاد]returned/planned [العائد]theme+attribution إلى [قم]destination.")
    assert clause.text == "ثم عاد العائد إلى قم."
    assert (clause.action, clause.factuality) == ("returned", "planned")
    words = {role: [clause.text[a:b] for a, b in spans] for role, spans in clause.roles.items()}
    assert words == {"theme": ["العائد"], "attribution": ["العائد"], "destination": ["قم"]}
    assert read_clause("لا حدث هنا.").trigger is None
    with pytest.raises(ValueError, match="Two triggers"):
        read_clause("[عاد]returned و[غادر]left")


@pytest.fixture(scope="module")
def documents() -> dict[str, Doc]:
    """All clauses of the catalogue, in one batch."""
    nlp = pipeline.load(ROOT / "configs" / "movement.cfg")
    rules = [rule for entries in RULES.values() for rule in entries.values()]
    drawn = [text for rule in rules for text in (rule.example, rule.counter_example)]
    texts = dict.fromkeys(read_clause(text).text for text in drawn)
    return {doc.text: doc for doc in nlp.pipe(texts)}


def drawn_event(doc: Doc, clause: Clause) -> Event:
    """The event that a clause draws; fails where another came out."""
    at = [event for event in doc._.events if bounds(event.trigger) == clause.trigger]
    assert at, [event.trigger.text for event in doc._.events]
    event = at[0]
    assert (event.action, event.factuality) == (clause.action, clause.factuality)
    shown = {role: [a.span for a in event.arguments(role)] for role in ROLES}
    shown["attribution"] = [event.attribution.span] if event.attribution else []
    found = {role: [bounds(span) for span in spans] for role, spans in shown.items() if spans}
    assert found == clause.roles, shown
    return event


def bounds(span) -> tuple[int, int]:
    return span.start_char, span.end_char


def fired(doc: Doc, kind: str) -> set[str]:
    """Names of the rules of one kind that fired in a Doc."""
    if kind == "rejected_by":
        return {candidate.rejected_by for candidate in doc._.trigger_candidates}
    return {name for event in doc._.events for name in rules_of(event)[kind]}


def check_events(doc: Doc, clause: Clause) -> None:
    """Fails where the drawn event did not come out, or any where none is drawn."""
    if clause.trigger is None:
        assert [event.trigger.text for event in doc._.events] == []
    else:
        drawn_event(doc, clause)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_example(kind: str, name: str, documents: dict[str, Doc]) -> None:
    clause = read_clause(RULES[kind][name].example)
    doc = documents[clause.text]
    check_events(doc, clause)
    if kind == "rejected_by":
        assert name in fired(doc, kind)
    else:
        assert name in rules_of(drawn_event(doc, clause))[kind]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_counter_example(kind: str, name: str, documents: dict[str, Doc]) -> None:
    clause = read_clause(RULES[kind][name].counter_example)
    check_events(documents[clause.text], clause)
    assert name not in fired(documents[clause.text], kind)


@pytest.mark.slow
def test_what_comes_out_of_other_text_is_in_the_catalogue() -> None:
    nlp = pipeline.load(ROOT / "configs" / "movement.cfg")
    gold = read_gold(ROOT / "tests" / "gold" / "constructions_a.jsonl")
    events = [event for doc in nlp.pipe(text.text for text in gold) for event in doc._.events]
    fired = {(kind, name) for e in events for kind, names in rules_of(e).items() for name in names}
    assert len(fired) > 40
    assert fired <= set(ENTRIES)
