"""Each rule with an example and, where it excludes something, a counter-example."""

from pathlib import Path

import pytest

from pipeline.events import Argument, Gap
from pipeline.resolve.antecedents import Antecedents
from pipeline.resolve.antecedents_agreement import Features, load_agreement
from pipeline.resolve.antecedents_mentions import Mention, Place
from pipeline.resolve.antecedents_scoring import Context, candidate_features, load_weights
from tests.resolve.clause_docs import add_event, make_doc

WORDS = load_agreement(Path("configs/lexicons/antecedents.yaml"))
WEIGHTS = load_weights(Path("configs/antecedents.yaml"))
COMPONENT = Antecedents(WORDS, Path("configs/lexicons"), 3, WEIGHTS)

OBJECT = """
أوقفت أوقف VERB 0 root Aspect=Perf|Gender=Fem
الشرطة شرطة NOUN 0 nsubj Number=Sing|Gender=Fem
المهاجرين مهاجر NOUN 0 obj Number=Plur|Gender=Masc
ثم ثم CCONJ 4 cc
أعادت أعاد VERB 0 conj Aspect=Perf|Gender=Fem
هم هو PRON 4 obj
"""
FEMININE = """
وصلت وصل VERB 0 root Aspect=Perf|Gender=Fem
القافلة قافلة NOUN 0 nsubj Number=Sing|Gender=Fem
مع مع ADP 3 case
سائق سائق NOUN 0 obl Number=Sing|Gender=Masc
بعدما بعدما SCONJ 5 mark
سيرت سير VERB 0 advcl Aspect=Perf
ها هو PRON 5 obj
"""
DROPPED = """
زار زار VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الوفد وفد NOUN 0 nsubj Number=Sing
الوزارة وزارة NOUN 0 obj Number=Sing
قبل قبل ADP 5 mark
أن أن SCONJ 5 mark
يعود عاد VERB 0 advcl Aspect=Imp|Gender=Masc|Number=Sing
"""
PLURAL_ENDING = """
قال قال VERB 0 root Aspect=Perf
المدير مدير NOUN 0 nsubj Number=Sing
إن إن SCONJ 5 mark
اللاجئين لاجئ NOUN 5 nsubj Number=Plur|Gender=Masc
سوف سوف AUX 5 aux
ينتظرون انتظر VERB 0 ccomp Aspect=Imp
قبل قبل ADP 8 mark
أن أن SCONJ 8 mark
يعودوا عاد VERB 5 advcl Aspect=Imp|Gender=Masc|Number=Sing
"""
SECOND_PERSON = """
وصل وصل VERB 0 root Aspect=Perf
الوزير وزير NOUN 0 nsubj Number=Sing
لإعادت إعادة NOUN 0 obl
كم هو PRON 2 nmod
"""
OTHER_SENTENCE = """
وصل وصل VERB 0 root Aspect=Perf
الوزير وزير NOUN 0 nsubj Number=Sing|Gender=Masc
. . PUNCT 0 punct

ثم ثم CCONJ 1 cc
عاد عاد VERB 1 root Aspect=Perf|Gender=Masc|Number=Sing
"""
FORWARD = """
بعد بعد ADP 1 case
طرد طرد NOUN 4 obl
هم هو PRON 1 nmod
دبلوماسيون دبلوماسي NOUN 4 nsubj Number=Plur|Gender=Masc
يصلون وصل VERB 4 root Aspect=Imp
"""

RECEIVED = """
استقبل استقبل VERB 0 root Aspect=Perf|Gender=Masc
الوزير وزير NOUN 0 nsubj Number=Sing|Gender=Masc
السفير سفير NOUN 0 obj Number=Sing|Gender=Masc
لدى لدى ADP 4 case
وصول وصول NOUN 0 obl
ه هو PRON 4 nmod
"""
FOLLOWED = RECEIVED.replace("استقبل", "تجاهل")
BORROWED = """
باع باع VERB 0 root Aspect=Perf|Gender=Masc
طبيب طبيب NOUN 0 nsubj Number=Sing|Gender=Masc
منزلا منزل NOUN 0 obj Number=Sing|Gender=Masc

استعار استعار VERB 0 root Aspect=Perf|Gender=Masc
زورقا زورق NOUN 0 obj Number=Sing|Gender=Masc
و و CCONJ 3 cc
عاد عاد VERB 0 conj Aspect=Perf|Gender=Masc|Number=Sing
"""
OFFICE = """
وصل وصل VERB 0 root Aspect=Perf
المدرسون مدرس NOUN 0 nsubj Number=Plur|Gender=Masc
بعد بعد ADP 3 case
رئيس رئيس NOUN 0 obl Number=Sing|Gender=Masc
الوزراء وزير NOUN 3 nmod Number=Plur|Gender=Masc
ثم ثم CCONJ 6 cc
عادوا عاد VERB 0 conj Aspect=Perf
"""


@pytest.mark.parametrize(
    ("table", "word", "role", "kind", "pronoun", "expected"),
    [
        (RECEIVED, "وصول", "theme", "possessive_pronoun", "ه", "السفير"),
        (FOLLOWED, "وصول", "theme", "possessive_pronoun", "ه", "الوزير"),
        (BORROWED, "عاد", "theme", "dropped_subject", "عاد", "طبيب"),
        (OFFICE, "عادوا", "theme", "dropped_subject", "عادوا", "المدرسون"),
        (OBJECT, "أعادت", "theme", "object_pronoun", "هم", "المهاجرين"),
        (FEMININE, "سيرت", "theme", "object_pronoun", "ها", "القافلة"),
        (DROPPED, "يعود", "theme", "dropped_subject", "يعود", "الوفد"),
        (PLURAL_ENDING, "يعودوا", "theme", "dropped_subject", "يعودوا", "اللاجئين"),
        (SECOND_PERSON, "لإعادت", "theme", "possessive_pronoun", "كم", None),
        (OTHER_SENTENCE, "عاد", "theme", "dropped_subject", "عاد", "الوزير"),
        (FORWARD, "طرد", "theme", "possessive_pronoun", "هم", "دبلوماسيون"),
    ],
)
def test_gap(table, word, role, kind, pronoun, expected):
    doc = make_doc(table)
    event = add_event(doc, word)
    token = next(token for token in doc if token.text == pronoun)
    event.gaps = [Gap(role, token, kind, "test")]
    COMPONENT(doc)
    found = event.arguments(role)
    assert [argument.span.text for argument in found] == ([expected] if expected else [])
    assert len(event.gaps) == (0 if expected else 1)
    if found:
        assert found[0].resolved_by == kind
        assert found[0].mention == (None if kind == "dropped_subject" else token)


def test_the_antecedent_may_not_be_too_far():
    doc = make_doc(OTHER_SENTENCE)
    event = add_event(doc, "عاد")
    event.gaps = [Gap("theme", doc[4], "dropped_subject", "test")]
    Antecedents(WORDS, Path("configs/lexicons"), 0, WEIGHTS)(doc)
    assert event.theme == []


def test_the_singular_speaker_of_a_quotation():
    doc = make_doc(
        """
        غادرت غادر VERB 0 root Person=1|Number=Sing
        البيت بيت NOUN 0 obj
        تقول قال VERB 0 parataxis Aspect=Imp
        الجدة جدة NOUN 2 nsubj
        """
    )
    event = add_event(doc, "غادرت")
    event.gaps = [Gap("theme", doc[0], "dropped_subject", "test")]
    event.attribution = Argument(doc[3:4], "quotation_before")
    COMPONENT(doc)
    assert [argument.resolved_by for argument in event.theme] == ["first_person"]
    assert event.theme[0].span.text == "الجدة"


def test_an_adjunct_masdar_takes_the_mover_of_its_clause():
    doc = make_doc(
        """
        وصل وصل VERB 0 root Aspect=Perf
        الوزير وزير NOUN 0 nsubj
        في في ADP 3 case
        زيارة زيارة NOUN 0 obl
        """
    )
    arrival = add_event(doc, "وصل", theme=[Argument(doc[1:2], "subject")])
    visit = add_event(doc, "زيارة", "masdar")
    visit.gaps = [Gap("theme", doc[3], "masdar_subject", "test")]
    COMPONENT(doc)
    assert visit.theme[0].span == arrival.theme[0].span
    assert visit.theme[0].resolved_by == "main_clause"


def test_the_latter_is_the_last_that_agrees():
    doc = make_doc(
        """
        طلبت طلب VERB 0 root Aspect=Perf
        الحكومة حكومة NOUN 0 nsubj Number=Sing|Gender=Fem
        سحب سحب NOUN 0 obj
        القوات قوة NOUN 2 nmod Number=Plur|Gender=Fem
        على على ADP 6 case
        هذه هذا DET 6 det
        الأخيرة أخير ADJ 0 obl
        أن أن SCONJ 8 mark
        تنسحب انسحب VERB 6 ccomp Aspect=Imp
        """
    )
    event = add_event(doc, "تنسحب", theme=[Argument(doc[6:7], "subject.before")])
    COMPONENT(doc)
    assert event.theme[0].span.text == "القوات"
    assert event.theme[0].mention == doc[6]


@pytest.mark.parametrize(
    ("wanted", "line", "classes", "agrees"),
    [
        (Features("3", "Fem", "Sing"), "القافلة قافلة NOUN 0 root Number=Sing", set(), True),
        (Features("3", "Fem", "Sing"), "الوفد وفد NOUN 0 root Number=Sing", set(), False),
        (Features("3", "Masc", "Sing"), "العراق عراق X 0 root", {"place"}, True),
        (Features("3", "Fem", "Sing"), "الطائرات طائرة NOUN 0 root Number=Plur", {"vehicle"}, True),
        (Features("3", "Masc", "Plur"), "الطائرات طائرة NOUN 0 root Number=Plur", {"goods"}, False),
        (Features("3", "Masc", "Plur"), "الجيش جيش NOUN 0 root Number=Sing", {"force"}, True),
        (Features("3", "Masc", "Plur"), "الوزير وزير NOUN 0 root Number=Sing", {"person"}, False),
        (Features("3", "Masc", "Dual"), "القائدين قائد NOUN 0 root Number=Plur", {"person"}, True),
        (Features("3", "Masc", "Plur"), "عشرات عشر NOUN 0 root Number=Plur", {"person"}, True),
    ],
)
def test_agreement(wanted, line, classes, agrees):
    head = make_doc(line)[0]
    found = WORDS.agreement(wanted, head, frozenset(classes))
    assert ("clash" not in found) is agrees


SAYS_SHE = """
قالت قال VERB 0 root Aspect=Perf|Gender=Fem
المنظمة منظمة NOUN 0 nsubj Number=Sing|Gender=Fem
للشرطة شرطة NOUN 0 obl Number=Sing|Gender=Fem
إن إن SCONJ 5 mark
ها هو PRON 5 nsubj
رحلت رحل VERB 0 ccomp Aspect=Perf|Gender=Fem|Number=Sing
"""
SPEECH = """
قالت قال VERB 0 root Aspect=Perf|Gender=Fem
العمدة عمدة NOUN 0 nsubj Number=Sing|Gender=Fem
: : PUNCT 4 punct
" " PUNCT 4 punct
غادرت غادر VERB 0 ccomp Aspect=Perf|Gender=Fem|Number=Sing
القاعة قاعة NOUN 4 obj
" " PUNCT 4 punct
"""
SPEECH_OF_ANOTHER = """
قال قال VERB 0 root Aspect=Perf|Gender=Masc
الشرطي شرطي NOUN 0 nsubj Number=Sing|Gender=Masc
: : PUNCT 4 punct
" " PUNCT 4 punct
رأيت رأى VERB 0 ccomp Aspect=Perf|Person=1|Number=Sing
المسلح مسلح NOUN 4 obj Number=Sing|Gender=Masc
ثم ثم CCONJ 7 cc
هرب هرب VERB 4 conj Aspect=Perf|Gender=Masc|Number=Sing|Person=3
" " PUNCT 4 punct
"""


@pytest.mark.parametrize(
    ("table", "verb", "expected", "rule"),
    [
        (SAYS_SHE, 5, "المنظمة", "dropped_subject"),
        (SPEECH, 4, "العمدة", "first_person"),
        (SPEECH_OF_ANOTHER, 7, "المسلح", "dropped_subject"),
    ],
)
def test_who_speaks_and_of_whom(table, verb, expected, rule):
    """«قالت إنها رحلت»: she; «قالت: "غادرت"»: I; «قال: "… ثم هرب"»: another."""
    doc = make_doc(table)
    event = add_event(doc, doc[verb].text)
    event.gaps = [Gap("theme", doc[verb], "dropped_subject", "test")]
    event.attribution = Argument(doc[1:2], "content_clause")
    COMPONENT(doc)
    assert [(a.span.text, a.resolved_by) for a in event.theme] == [(expected, rule)]


def test_every_feature_has_a_weight():
    doc = make_doc(OBJECT)
    event = add_event(doc, "أعادت")
    gap = Gap("theme", doc[5], "object_pronoun", "test")
    mention = Mention(doc[2], frozenset({"person"}), Place(0, 0), True)
    marks = ("is_subject", "is_genitive", "is_conjunct", "has_case", "in_relative")
    vars(mention).update(dict.fromkeys(marks, True))
    context = Context(event, gap, Features("3", "Masc", "Plur"), Place(1, 1), frozenset(), True)
    assert candidate_features(mention, context, WORDS).keys() <= WEIGHTS.weights.keys()


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("أعود عاد VERB 0 root Aspect=Imp|Person=3|Number=Sing", "1"),
        ("سنعود عاد VERB 0 root Aspect=Imp|Person=3|Number=Sing", "1"),
        ("سافر سافر VERB 0 root Person=3|Number=Sing", "3"),
        ("أعاد أعاد VERB 0 root Person=3|Number=Sing", "3"),
        ("يعود عاد VERB 0 root Aspect=Imp|Person=3|Number=Sing", "3"),
    ],
)
def test_first_letters_of_the_imperfect_tell_the_first_person(line, person):
    assert WORDS.of_verb(make_doc(line)[0]).person == person
