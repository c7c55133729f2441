"""Subjects found by position, on hand-built Docs."""

import pytest

from pipeline.extract.clauses import load_clause_lexicon
from pipeline.extract.linear_subjects import noun_after_phrases
from pipeline.extract.semantics import Classifier, load_semantics
from pipeline.orthography import CONFIGS
from tests.resolve.clause_docs import make_doc

BEHIND_TIME = """
يعبر عبر VERB 0 root Aspect=Imp
يوم يوم NOUN 0 obl
السبت سبت NOUN 1 nmod
نحو نحو ADP 4 case
ألف ألف NUM 0 obl
لاجئ لاجئ NOUN 4 nmod
"""
GOVERNED = BEHIND_TIME.replace("نحو نحو", "مع مع")
RIGHT_AFTER = """
يعبر عبر VERB 0 root Aspect=Imp
جنود جندي NOUN 0 obl Number=Plur
"""


@pytest.mark.parametrize(
    ("table", "subject"), [(BEHIND_TIME, "ألف"), (GOVERNED, None), (RIGHT_AFTER, None)]
)
def test_the_mover_behind_a_time(table: str, subject: str | None) -> None:
    """يعبر يوم السبت نحو [ألف لاجئ]; not «… مع ألف لاجئ», nor right after the verb."""
    doc = make_doc(table)
    doc.spans["times"] = [doc[1:3]] if len(doc) > 3 else []
    classes = Classifier(doc, load_semantics(CONFIGS / "lexicons"))
    approximators = load_clause_lexicon().approximators
    found = noun_after_phrases(doc[0], classes, approximators)
    assert (found.text if found is not None else None) == subject
