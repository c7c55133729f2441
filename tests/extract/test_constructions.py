"""Constructions of news Arabic on hand-built Docs: what a clause is parsed as, and its roles."""

import pytest
import spacy
from spacy.tokens import Doc

import pipeline.components  # noqa: F401  (registers the factories)
from tests.resolve.clause_docs import make_doc

NLP = spacy.blank("ar")
for component in ("event_triggers", "event_arguments"):
    NLP.add_pipe(component)

ROLES = ("agent", "theme", "origin", "destination", "via", "instrument")


def events_of(table: str) -> Doc:
    """The Doc of a table (see make_doc), with its events."""
    doc = make_doc(table)
    for _, component in NLP.pipeline:
        doc = component(doc)
    return doc


def roles_of(table: str) -> dict[str, dict[str, str]]:
    """Roles of each event by its trigger; fillers joined by a bar."""
    return {
        event.trigger.text: {
            role: "|".join(argument.span.text for argument in event.arguments(role))
            for role in ROLES
            if event.arguments(role)
        }
        for event in events_of(table)._.events
    }


COUNTED_OBJECT = """
نقل نقل VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الهلال هلال NOUN 0 nsubj Number=Sing
الأحمر أحمر ADJ 1 amod
نحو نحو NOUN 4 nmod
مئتي مئة NUM 1 nmod
جريح جريح NOUN 4 nmod
من من ADP 7 case
غزة غزة X 0 obl
"""
CARRIED_FROM = """
وصلت وصل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
حافلات حافلة NOUN 0 nsubj Number=Plur
تنقل نقل VERB 1 acl Aspect=Imp|Gender=Fem|Number=Sing
مقاتلين مقاتل NOUN 2 obj Number=Plur
من من ADP 5 case
القرية قرية NOUN 3 nmod
إلى إلى ADP 7 case
المدينة مدينة NOUN 0 obl
"""
NUNATED_PLURAL = """
اقتحم اقتحم VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
مستوطنون مستوطن NOUN 0 nsubj Number=Plur
بلدة بلدة NOUN 1 nmod
حوارة حوارة X 2 nmod
"""
CONSTRUCT_PLURAL = """
اقتحم اقتحم VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
مستوطنو مستوطن NOUN 0 nsubj Number=Plur
البلدة بلدة NOUN 1 nmod
المعسكر معسكر NOUN 0 obj
"""


@pytest.mark.parametrize(
    ("table", "trigger", "roles"),
    [
        # a counted noun opens the object; «من» within no approximation opens none
        (COUNTED_OBJECT, "نقل", {"agent": "الهلال الأحمر", "theme": "نحو مئتي جريح"}),
        (CARRIED_FROM, "تنقل", {"instrument": "حافلات", "theme": "مقاتلين", "origin": "القرية"}),
        # a plural that kept its nun takes no genitive: the next noun is the object
        (NUNATED_PLURAL, "اقتحم", {"theme": "مستوطنون", "destination": "بلدة حوارة"}),
        (CONSTRUCT_PLURAL, "اقتحم", {"theme": "مستوطنو البلدة", "destination": "المعسكر"}),
    ],
)
def test_roles(table: str, trigger: str, roles: dict[str, str]) -> None:
    found = roles_of(table)[trigger]
    assert {role: found.get(role) for role in roles} == roles
