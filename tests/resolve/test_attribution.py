"""Each rule with an example and, where it excludes something, a counter-example."""

from pathlib import Path

import pytest

from pipeline.resolve.attribution import Attribution
from pipeline.resolve.attribution_lexicon import load_reporting
from tests.resolve.clause_docs import add_event, make_doc

LEXICON = Path("configs/lexicons/reporting.yaml")
WORDS = load_reporting(LEXICON)

SAID = """
قال قال VERB 0 root Aspect=Perf
مصدر مصدر NOUN 0 nsubj
أمني أمني ADJ 1 amod
إن إن SCONJ 5 mark
القوات قوة NOUN 5 nsubj
انسحبت انسحب VERB 0 ccomp Aspect=Perf
"""
CALLED = """
دعا دعا VERB 0 root Aspect=Perf
المصدر مصدر NOUN 0 nsubj
إلى إلى ADP 3 case
انسحاب انسحاب NOUN 0 obl:arg
القوات قوة NOUN 3 nmod
"""
SUBJECT_CAME = """
قال قال VERB 0 root Aspect=Perf
العائدون عائد NOUN 0 nsubj
إن إن SCONJ 4 mark
الطريق طريق NOUN 4 nsubj
آمن آمن ADJ 0 ccomp
"""
SUBJECT_BEFORE = """
المدير مدير NOUN 1 nsubj
أكد أكد VERB 1 root Aspect=Perf
أن أن SCONJ 4 mark
القوات قوة NOUN 4 nsubj
انسحبت انسحب VERB 1 ccomp Aspect=Perf
"""
NOMINAL = """
نفت نفى VERB 0 root Aspect=Perf
الوزارة وزارة NOUN 0 nsubj
انسحاب انسحاب NOUN 0 obj
القوات قوة NOUN 2 nmod
"""
ACCORDING = """
انسحبت انسحب VERB 0 root Aspect=Perf
القوات قوة NOUN 0 nsubj
وفقا وفقا ADV 0 advmod
ل ل ADP 4 case
صحيفة صحيفة NOUN 2 obl:arg
محلية محلي ADJ 4 amod
"""
ACCORDING_SPLIT = """
انسحبت انسحب VERB 0 root Aspect=Perf
القوات قوة NOUN 0 nsubj
و و CCONJ 3 cc
فقا فقا X 0 conj
ل ل ADP 5 case
صحيفة صحيفة NOUN 3 obl:arg
"""
BY_AGREEMENT = """
انسحبت انسحب VERB 0 root Aspect=Perf
القوات قوة NOUN 0 nsubj
وفقا وفقا ADV 0 advmod
ل ل ADP 4 case
اتفاق اتفاق NOUN 2 obl:arg
"""
AS_DECLARED = """
انسحبت انسحب VERB 0 root Aspect=Perf
القوات قوة NOUN 0 nsubj
حسب حسب ADP 3 case
ما ما DET 0 obl
أعلنت أعلن VERB 3 acl Aspect=Perf
رئيسة رئيس NOUN 4 nsubj
البعثة بعثة NOUN 5 nmod
"""
RELAYED = """
نقلت نقل VERB 0 root Aspect=Perf
الوكالة وكالة NOUN 0 nsubj
عن عن ADP 3 case
دبلوماسي دبلوماسي NOUN 0 obl:arg
قول قول NOUN 0 obj
ه هو PRON 4 nmod
إن إن SCONJ 8 mark
القوات قوة NOUN 8 nsubj
انسحبت انسحب VERB 4 ccomp Aspect=Perf
"""
MOVED = """
نقلت نقل VERB 0 root Aspect=Perf
الوكالة وكالة NOUN 0 nsubj
الجرحى جريح NOUN 0 obj
عن عن ADP 4 case
المدينة مدينة NOUN 0 obl
"""
QUOTE_BEFORE = """
" " PUNCT 1 punct
غادرت غادر VERB 6 ccomp Aspect=Perf
البيت بيت NOUN 1 obj
ليلا ليل NOUN 1 obl
" " PUNCT 1 punct
، ، PUNCT 6 punct
تقول قال VERB 6 root Aspect=Imp
الجدة جدة NOUN 6 nsubj
"""
HEADLINE = """
الهلال هلال NOUN 0 root
الأحمر أحمر ADJ 0 amod
: : PUNCT 0 punct
قافلة قافلة NOUN 4 nsubj
تدخل دخل VERB 0 parataxis Aspect=Imp
البلدة بلدة NOUN 4 obj
"""
LABEL = """
عاجل عاجل ADJ 0 root
: : PUNCT 0 punct
قافلة قافلة NOUN 3 nsubj
تدخل دخل VERB 0 parataxis Aspect=Imp
"""
PARTICIPLE = """
وصل وصل VERB 0 root Aspect=Perf
الوزير وزير NOUN 0 nsubj
مشيرا مشير ADJ 0 xcomp
إلى إلى ADP 6 mark
أن أن SCONJ 6 mark
القوات قوة NOUN 6 nsubj
انسحبت انسحب VERB 2 ccomp Aspect=Perf
"""
NEXT_SENTENCE = """
قال قال VERB 0 root Aspect=Perf
الناطق ناطق NOUN 0 nsubj
إن إن SCONJ 4 mark
الهدنة هدنة NOUN 4 nsubj
انتهت انتهى VERB 0 ccomp Aspect=Perf
. . PUNCT 0 punct

و و CCONJ 1 cc
أضاف أضاف VERB 1 root Aspect=Perf|Gender=Masc
أن أن SCONJ 4 mark
القوات قوة NOUN 4 nsubj
انسحبت انسحب VERB 1 ccomp Aspect=Perf
"""
MASDAR = """
بعد بعد ADP 1 case
إعلان إعلان NOUN 4 obl
المتمردين متمرد NOUN 1 nmod
انسحاب انسحاب NOUN 1 obj
هدأت هدأ VERB 4 root Aspect=Perf
"""
BREAK = """
قال قال VERB 0 root Aspect=Perf
مصدر مصدر NOUN 0 nsubj
إن إن SCONJ 4 mark
الهدنة هدنة NOUN 4 nsubj
انتهت انتهى VERB 0 ccomp Aspect=Perf
، ، PUNCT 0 punct
فيما فيما SCONJ 7 mark
انسحبت انسحب VERB 0 advcl Aspect=Perf
القوات قوة NOUN 7 nsubj
"""
UNLESS = """
قال قال VERB 0 root Aspect=Perf
مصدر مصدر NOUN 0 nsubj
ذلك ذلك DET 0 obj
غير غير NOUN 0 obl
أن أن SCONJ 6 mark
القوات قوة NOUN 6 nsubj
انسحبت انسحب VERB 3 ccomp Aspect=Perf
"""


@pytest.mark.parametrize(
    ("table", "word", "source", "rule"),
    [
        (SAID, "انسحبت", "مصدر أمني", "content_clause"),
        (CALLED, "انسحاب", None, None),
        (SUBJECT_CAME, "العائدون", None, None),
        (SUBJECT_BEFORE, "انسحبت", "المدير", "content_clause"),
        (NOMINAL, "انسحاب", "الوزارة", "nominal_content"),
        (ACCORDING, "انسحبت", "صحيفة محلية", "source_phrase"),
        (ACCORDING_SPLIT, "انسحبت", "صحيفة", "source_phrase"),
        (BY_AGREEMENT, "انسحبت", None, None),
        (AS_DECLARED, "انسحبت", "رئيسة البعثة", "source_clause"),
        (RELAYED, "انسحبت", "دبلوماسي", "relayed"),
        (MOVED, "نقلت", None, None),
        (QUOTE_BEFORE, "غادرت", "الجدة", "quotation_before"),
        (HEADLINE, "تدخل", "الهلال الأحمر", "headline_colon"),
        (LABEL, "تدخل", None, None),
        (PARTICIPLE, "انسحبت", "الوزير", "participle"),
        (NEXT_SENTENCE, "انسحبت", "الناطق", "content_clause"),
        (MASDAR, "انسحاب", "المتمردين", "noun_of_saying"),
        (BREAK, "انسحبت", None, None),
        (UNLESS, "انسحبت", None, None),
    ],
)
def test_rule(table, word, source, rule):
    doc = make_doc(table)
    event = add_event(doc, word)
    Attribution(LEXICON)(doc)
    found = event.attribution
    assert (found.span.text if found else None) == source
    assert (found.rule if found else None) == rule


def test_phrases_match_however_they_were_split():
    doc = make_doc(ACCORDING_SPLIT)
    assert WORDS.phrases.match(doc, 2) == 3
    assert WORDS.phrases.match(doc, 0) == 0
