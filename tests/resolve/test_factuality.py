"""Each rule with an example and, where it excludes something, a counter-example."""

from pathlib import Path

import pytest

from pipeline.resolve.factuality import judge
from pipeline.resolve.factuality_lexicon import load_factuality
from tests.resolve.clause_docs import add_event, make_doc

WORDS = load_factuality(Path("configs/lexicons/factuality.yaml"))

PLAIN = """
عاد عاد VERB 0 root Aspect=Perf
الوفد وفد NOUN 0 nsubj
"""
FUTURE = """
س س AUX 1 aux
يعود عاد VERB 1 root Aspect=Imp
الوفد وفد NOUN 1 nsubj
"""
FUTURE_GLUED = """
سيعود عاد VERB 0 root Aspect=Imp
الوفد وفد NOUN 0 nsubj
"""
NOT_FUTURE = """
ستر ستر VERB 0 root Aspect=Perf
الوفد وفد NOUN 0 nsubj
"""
NEGATED = """
لم لم PART 1 advmod
يعد عاد VERB 1 root Aspect=Imp
الوفد وفد NOUN 1 nsubj
"""
STILL = """
لا لا PART 1 advmod
يزال زال VERB 1 root Aspect=Imp
يعود عاد VERB 1 xcomp Aspect=Imp
"""
MAY = """
قد قد PART 1 advmod
يعود عاد VERB 1 root Aspect=Imp
"""
HAS = """
قد قد PART 1 advmod
عاد عاد VERB 1 root Aspect=Perf
"""
IF = """
إذا إذا SCONJ 1 mark
عاد عاد VERB 1 root Aspect=Perf
"""
THAT = """
إن إن SCONJ 1 mark
عاد عاد VERB 1 root Aspect=Perf
"""
DECIDED = """
قرر قرر VERB 0 root Aspect=Perf
المجلس مجلس NOUN 0 nsubj
سحب سحب NOUN 0 obj
قواته قوة NOUN 2 nmod
"""
DID_NOT_DECIDE = """
لم لم PART 1 advmod
يقرر قرر VERB 1 root Aspect=Imp
المجلس مجلس NOUN 1 nsubj
سحب سحب NOUN 1 obj
"""
DECIDED_AFTER = """
قرر قرر VERB 0 root Aspect=Perf
المجلس مجلس NOUN 0 nsubj
بعد بعد ADP 3 case
سحب سحب NOUN 0 obl
قواته قوة NOUN 3 nmod
"""
WILL_WHEN = """
سيلتقي التقى VERB 0 root Aspect=Imp
الوزير وزير NOUN 0 nsubj
فور فور ADP 3 case
سحب سحب NOUN 0 obl
"""
PLAN = """
ناقش ناقش VERB 0 root Aspect=Perf
خطة خطة NOUN 0 obj
سحب سحب NOUN 1 nmod
"""
WHO_CAME = """
منع منع VERB 0 root Aspect=Perf
الرجل رجل NOUN 0 obj
الذي الذي DET 3 nsubj
عاد عاد VERB 1 acl:relcl Aspect=Perf
"""
FOILED = """
أحبط أحبط VERB 0 root Aspect=Perf
محاولة محاولة NOUN 0 obj
ل ل ADP 3 case
تهريب تهريب NOUN 1 nmod
"""
PURPOSE = """
أرسل أرسل VERB 0 root Aspect=Perf
طائرة طائرة NOUN 0 obj
ل ل ADP 3 case
نقل نقل NOUN 0 obl
"""
RESULT = """
نزح نزح VERB 0 root Aspect=Perf
نتيجة نتيجة NOUN 0 obl
ل ل ADP 3 case
نقل نقل NOUN 1 nmod
"""
LOST_OPERATOR = """
في في ADP 1 case
محاولة محاولة NOUN 1 root
يائسة يائس ADJ 1 amod
ل ل ADP 4 case
تهريب تهريب NOUN 1 parataxis
"""
NOT_EXCLUDED = """
لا لا PART 1 advmod
يستبعد استبعد VERB 1 root Aspect=Imp
الوزير وزير NOUN 1 nsubj
سحب سحب NOUN 1 obj
"""
NO_SOLDIER = """
ما ما DET 4 obj
من من ADP 2 case
جندي جندي NOUN 3 nsubj
عاد عاد VERB 3 root Aspect=Perf
أمس أمس ADV 3 advmod
"""
TOMORROW = """
يزور زار VERB 0 root Aspect=Imp
الوزير وزير NOUN 0 nsubj
بغداد بغداد X 0 obj
غدا غد NOUN 0 obl
"""


@pytest.mark.parametrize(
    ("table", "word", "expected", "rule"),
    [
        (PLAIN, "عاد", "asserted", "no_signal"),
        (FUTURE, "يعود", "planned", "future"),
        (FUTURE_GLUED, "سيعود", "planned", "future"),
        (NOT_FUTURE, "ستر", "asserted", "no_signal"),
        (NEGATED, "يعد", "negated", "negation"),
        (STILL, "يعود", "asserted", "no_signal"),
        (MAY, "يعود", "possible", "doubt"),
        (HAS, "عاد", "asserted", "no_signal"),
        (IF, "عاد", "possible", "condition"),
        (THAT, "عاد", "asserted", "no_signal"),
        (DECIDED, "سحب", "planned", "operator_planned"),
        (DID_NOT_DECIDE, "سحب", "negated", "operator_planned"),
        (DECIDED_AFTER, "سحب", "asserted", "no_signal"),
        (WILL_WHEN, "سحب", "planned", "future"),
        (PLAN, "سحب", "planned", "operator_planned"),
        (WHO_CAME, "عاد", "asserted", "no_signal"),
        (FOILED, "تهريب", "negated", "operator_negated"),
        (PURPOSE, "نقل", "planned", "purpose"),
        (RESULT, "نقل", "asserted", "no_signal"),
        (LOST_OPERATOR, "تهريب", "possible", "operator_before"),
        (NOT_EXCLUDED, "سحب", "possible", "operator_negated"),
        (NO_SOLDIER, "عاد", "negated", "negation"),
        (TOMORROW, "يزور", "planned", "future_time"),
    ],
)
def test_rule(table, word, expected, rule):
    doc = make_doc(table)
    label, found = judge(add_event(doc, word), WORDS)
    assert label == expected
    assert rule == found or (expected == "negated" and label == expected)


def test_the_light_verb_is_asked_too():
    doc = make_doc(
        """
        سيتم تم VERB 0 root Aspect=Imp
        أمس أمس NOUN 0 obl
        نقل نقل NOUN 2 dep
        الجرحى جريح NOUN 2 nmod
        """
    )
    event = add_event(doc, "نقل", "light_verb")
    event.anchor = doc[0]
    assert judge(event, WORDS)[0] == "planned"
