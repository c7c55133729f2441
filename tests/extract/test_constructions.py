"""Constructions of news Arabic on hand-built Docs: what a clause is parsed as, and its roles."""

import pytest

from tests.extract.event_docs import NLP, events_of

ROLES = ("agent", "theme", "origin", "destination", "via", "instrument")


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


APPROXIMATE_SUBJECT = """
دخل دخل VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
ما ما DET 0 nsubj
لا لا PART 3 advmod
يقل قل VERB 1 acl Aspect=Imp
عن عن ADP 5 case
ثلاثين ثلاثون NUM 3 obl
ألف ألف NUM 5 nummod Number=Sing
لاجئ لاجئ NOUN 6 nmod Number=Sing
المدينة مدينة NOUN 7 nmod Number=Sing
"""
OBLIQUE_PLURAL = """
نقلت نقل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
فرق فرقة NOUN 0 nsubj Number=Plur
الدفاع دفاع NOUN 1 nmod Number=Sing
الناجين ناج ADJ 1 amod Number=Plur
إلى إلى ADP 5 case
المخيم مخيم NOUN 0 obl
"""
AGREEING_PLURAL = """
نقلت نقل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
مئات مئة NUM 0 nsubj Number=Plur
الجنود جندي NOUN 1 nmod Number=Plur
المصابين مصاب ADJ 2 amod Number=Plur
إلى إلى ADP 5 case
المخيم مخيم NOUN 0 obl
"""
SUBJECT_AS_GENITIVE = """
ترك ترك VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
السكان ساكن NOUN 0 nmod Number=Plur
القرية قرية NOUN 0 obj Number=Sing
"""
ONE_OF = """
بعد بعد ADP 1 case
طرد طرد NOUN 1 root
أحد أحد NOUN 1 nmod Number=Sing
الدبلوماسيين دبلوماسي NOUN 2 nmod Number=Plur
"""
GAPPING = """
نقلت نقل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
الطائرة طائرة NOUN 0 nsubj Number=Sing
جزءا جزء NOUN 0 obj Number=Sing
إلى إلى ADP 4 case
لبنان لبنان X 0 obl GPE
و و CCONJ 6 cc
آخر آخر NOUN 4 conj Number=Sing
إلى إلى ADP 8 case
العراق عراق NOUN 0 obl GPE
"""
TWO_PLACES = """
نقلت نقل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
الطائرة طائرة NOUN 0 nsubj Number=Sing
الجنود جندي NOUN 0 obj Number=Plur
إلى إلى ADP 4 case
القاعدة قاعدة NOUN 0 obl
و و CCONJ 6 cc
معسكرات معسكر NOUN 4 conj Number=Plur
في في ADP 8 case
العراق عراق NOUN 6 nmod GPE
"""
MASDAR_WITH_BOTH = """
أدان أدان VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الوزير وزير NOUN 0 nsubj Number=Sing
اقتحام اقتحام NOUN 0 obj Number=Sing
المستوطنين مستوطن NOUN 2 nmod Number=Plur
المسجد مسجد NOUN 0 obj Number=Sing
"""
MASDAR_IN_IDAFA = """
أدان أدان VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الوزير وزير NOUN 0 nsubj Number=Sing
اقتحام اقتحام NOUN 0 obj Number=Sing
مستوطني مستوطن NOUN 2 nmod Number=Plur
المدينة مدينة NOUN 3 nmod Number=Sing
"""
PURPOSE = """
استأجرت استأجر VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
الشركة شركة NOUN 0 nsubj Number=Sing
ناقلتين ناقلة NOUN 0 obj Number=Dual
ل ل ADP 4 case
شحن شحن NOUN 2 nmod Number=Sing
الوقود وقود NOUN 4 nmod Number=Sing
إلى إلى ADP 7 case
سوريا سوريا X 4 obl GPE
"""
PURPOSE_OF_SUBJECT = """
وصلت وصل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
حافلات حافلة NOUN 0 nsubj Number=Plur
ل ل ADP 3 case
نقل نقل NOUN 1 nmod Number=Sing
المدنيين مدني NOUN 3 nmod Number=Plur
إلى إلى ADP 6 case
دمشق دمشق X 3 obl GPE
"""
PURPOSE_OF_AN_IDEA = """
يهدف هدف VERB 0 root Aspect=Imp|Gender=Masc|Number=Sing
الاتفاق اتفاق NOUN 0 nsubj Number=Sing
ل ل ADP 3 case
نقل نقل NOUN 0 obl Number=Sing
المدنيين مدني NOUN 3 nmod Number=Plur
إلى إلى ADP 6 case
دمشق دمشق X 3 obl GPE
"""
OUTER_RELATIVE = """
إيران إيران X 0 root GPE
، ، PUNCT 0 punct
الدولة دولة NOUN 0 appos Number=Sing
التي الذي DET 4 nsubj PronType=Rel|Number=Sing
دعمت دعم VERB 2 acl:relcl Aspect=Perf|Gender=Fem|Number=Sing
دمشق دمشق X 4 obj GPE
خلال خلال ADP 7 case
الحرب حرب NOUN 4 obl Number=Sing
التي الذي DET 9 nsubj PronType=Rel|Number=Sing
استمرت استمر VERB 7 acl:relcl Aspect=Perf|Gender=Fem|Number=Sing
و و CCONJ 11 cc
استخدمت استخدم VERB 9 conj Aspect=Perf|Gender=Fem|Number=Sing
المطار مطار NOUN 11 nsubj Number=Sing
ل ل ADP 14 case
نقل نقل NOUN 11 obl Number=Sing
الأسلحة سلاح NOUN 14 nmod Number=Plur
إلى إلى ADP 17 case
سوريا سوريا X 14 obl GPE
"""
AMONG = """
كان كان VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الوزير وزير NOUN 0 nsubj Number=Sing
ضمن ضمن ADP 3 case
الأشخاص شخص NOUN 0 obl Number=Plur
الذين الذي DET 5 nsubj PronType=Rel|Number=Plur
نقلوا نقل VERB 3 acl:relcl Aspect=Perf|Gender=Masc|Number=Plur
إلى إلى ADP 7 case
دمشق دمشق X 5 obl GPE
"""
RETAGGED = """
عبر عبر ADP 1 case
المهاجرون مهاجر NOUN 1 root Number=Plur
إلى إلى ADP 3 case
اليونان يونان NOUN 1 nmod GPE
"""
GENITIVE_PARTICIPLE = """
وصلت وصل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
سيارات سيارة NOUN 0 nsubj Number=Plur
ب ب ADP 3 case
أثاث أثاث NOUN 1 nmod Number=Sing
العائدين عائد ADJ 3 amod Number=Plur
من من ADP 6 case
تركيا تركيا X 3 nmod GPE
"""
ATTRIBUTIVE_PARTICIPLE = """
قتل قتل VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
المقاتلون مقاتل NOUN 0 nsubj Number=Plur
العائدون عائد ADJ 1 amod Number=Plur
من من ADP 4 case
تركيا تركيا X 1 nmod GPE
"""
PREDICATE_PARTICIPLE = """
كان كان VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الزورق زورق NOUN 0 nsubj Number=Sing
متج+ متج NOUN 0 nsubj Number=Sing
ها هو PRON 2 nmod
إلى إلى ADP 5 case
مالطا مالطا X 2 obl GPE
"""
BRINGS_IDEA = """
خرج خرج VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
المجتمعون مجتمع NOUN 0 nsubj Number=Plur
ب ب ADP 3 case
اتفاق اتفاق NOUN 0 obl Number=Sing
"""
BRINGS_THING = """
خرج خرج VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الجنود جندي NOUN 0 nsubj Number=Plur
ب ب ADP 3 case
سلاح سلاح NOUN 0 obl Number=Sing
"""
SHARED_OBJECT = """
حشدت حشد VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
كييف كييف X 0 nsubj GPE
و و CCONJ 3 cc
نشرت نشر VERB 0 conj Aspect=Perf|Gender=Fem|Number=Sing
على على ADP 5 case
الحدود حد NOUN 3 obl Number=Plur
ألوية لواء NOUN 3 obj Number=Plur
"""
NO_SHARED_OBJECT = """
نقل نقل VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الجرحى جريح NOUN 0 nsubj Number=Plur
إلى إلى ADP 3 case
المدينة مدينة NOUN 0 obl Number=Sing
و و CCONJ 5 cc
أرسل أرسل VERB 0 conj Aspect=Perf|Gender=Masc|Number=Sing
مساعدات مساعدة NOUN 5 obj Number=Plur
"""
NO_CONJUNCTION = """
شملت شمل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
العملية عملية NOUN 0 nsubj Number=Sing
مواطنين مواطن NOUN 0 obj Number=Plur|Definite=Ind
لبنانيين لبناني ADJ 2 amod Number=Plur
نقلوا نقل VERB 0 conj Aspect=Perf|Gender=Masc|Number=Plur
إلى إلى ADP 6 case
جدة جدة X 4 obl GPE
"""
PART_OF_PLACE = """
تسللوا تسلل VERB 0 root Aspect=Perf|Gender=Masc|Number=Plur
من من ADP 2 case
الجانب جانب NOUN 0 obl Number=Sing
الآخر آخر ADJ 2 amod
من من ADP 5 case
النهر نهر NOUN 2 nmod Number=Sing
"""
MISTAKEN_VERB = """
بدأت بدأ VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
إيران إيران X 0 nsubj GPE
إجلاء إجلاء NOUN 0 obj Number=Sing
قادت+ قاد VERB 2 acl Aspect=Perf|Gender=Fem|Number=Sing
ها هو PRON 3 obj
من من ADP 6 case
سوريا سوريا X 3 obl GPE
"""
REINFORCED = """
عزز عزز VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الجيش جيش NOUN 0 nsubj Number=Sing
قوات قوة NOUN 0 obj Number=Plur
ه هو PRON 2 nmod
ب ب ADP 5 case
لواء لواء NOUN 0 obl Number=Sing
في في ADP 7 case
رفح رفح X 0 obl GPE
"""
LIGHT_WITH_ADVERB = """
يتم تم VERB 0 root Aspect=Imp|Gender=Masc|Number=Sing
اعتبارا اعتبار NOUN 3 nmod
من من ADP 3 case
الاثنين اثنان NOUN 0 obl
نقل نقل NOUN 0 nsubj
القطع قطعة NOUN 4 nmod Number=Plur
إلى إلى ADP 7 case
بولندا بولندا X 4 obl GPE
"""
TWO_MASDARS = """
نزوح نزوح NOUN 0 root Number=Sing
و و CCONJ 2 cc
تهجير تهجير NOUN 0 conj Number=Sing
العائلات عائلة NOUN 2 nmod Number=Plur
من من ADP 5 case
عفرين عفرين X 0 nmod GPE
"""
MASDARS_APART = """
انسحاب انسحاب NOUN 0 root Number=Sing
الجيش جيش NOUN 0 nmod Number=Sing
و و CCONJ 3 cc
تهجير تهجير NOUN 0 conj Number=Sing
العائلات عائلة NOUN 3 nmod Number=Plur
من من ADP 6 case
عفرين عفرين X 3 nmod GPE
"""
IN_THE_COUNT_OF = """
كان كان VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
القائد قائد NOUN 0 nsubj Number=Sing
في في ADP 3 case
عداد عداد NOUN 0 obl Number=Sing
من من DET 3 det
وصلوا وصل VERB 3 acl Aspect=Perf|Gender=Masc|Number=Plur
إلى إلى ADP 7 case
دمشق دمشق X 5 obl GPE
"""
CIRCUMSTANCE = """
وصلت وصل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
تعزيزات تعزيز NOUN 0 nsubj Number=Plur
إلى إلى ADP 3 case
تكريت تكريت X 0 obl GPE
قادمة قادم ADJ 3 amod Number=Sing
من من ADP 6 case
بغداد بغداد X 4 obl GPE
"""
PLACES_FIRST = """
زار زار VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
طهران طهران X 0 nsubj GPE
و و CCONJ 3 cc
بغداد بغداد X 1 conj GPE
وزير وزير NOUN 3 nmod Number=Sing
الخارجية خارجية NOUN 4 nmod Number=Sing
"""
PLACE_WITH_GENITIVE = """
زار زار VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الوزير وزير NOUN 0 nsubj Number=Sing
مقر مقر NOUN 0 obj Number=Sing
الحكومة حكومة NOUN 2 nmod Number=Sing
"""
NUMBER_BEHIND_PLACE = """
عبر عبر VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
النهر نهر NOUN 0 obj Number=Sing
آلاف ألف NUM 1 nummod Number=Plur
اللاجئين لاجئ NOUN 2 nmod Number=Plur
"""
RESUMED_PLACE = """
المطار مطار NOUN 0 root Number=Sing
الذي الذي DET 2 nsubj PronType=Rel|Number=Sing
هبطت هبط VERB 0 acl:relcl Aspect=Perf|Gender=Fem|Number=Sing
في في ADP 4 case
ه هو PRON 2 obl
الطائرة طائرة NOUN 2 nsubj Number=Sing
"""
AFTER_SECOND_MASDAR = """
انسحاب انسحاب NOUN 0 root Number=Sing
الجيش جيش NOUN 0 nmod Number=Sing
و و CCONJ 3 cc
عودة عودة NOUN 0 conj Number=Sing
السكان ساكن NOUN 3 nmod Number=Plur
إلى إلى ADP 6 case
القرية قرية NOUN 0 nmod Number=Sing
"""
PLURAL_VERB = """
غادروا غادر VERB 0 root Aspect=Perf|Gender=Masc|Number=Plur
البلاد بلد NOUN 0 nsubj Number=Plur
"""
MASCULINE_AFTER_FEMININE = """
نقلت نقل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
الشرطة شرطة NOUN 0 nsubj Number=Sing
المعتقل معتقل ADJ 1 amod Number=Sing
إلى إلى ADP 4 case
المحكمة محكمة NOUN 0 obl Number=Sing
"""
MOVER_OF_THE_VERB = """
غادر غادر VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
مطار مطار NOUN 0 nsubj Number=Sing
بغداد بغداد X 1 nmod GPE
الرئيس رئيس NOUN 2 nmod Number=Sing
متوجها متوجه ADJ 0 xcomp Number=Sing
إلى إلى ADP 6 case
أربيل أربيل X 4 obl GPE
"""
NAME_BEFORE_PARTICIPLE = """
استقبلت استقبل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
ألمانيا ألمانيا X 0 nsubj GPE
القادمين قادم ADJ 1 amod Number=Plur
من من ADP 4 case
سوريا سوريا X 2 obl GPE
"""
FEMININE_PARTICIPLE = """
أوقف أوقف VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الأمن أمن NOUN 0 nsubj Number=Sing
شاحنة شاحنة NOUN 0 obj Number=Sing
متجهة متجه ADJ 0 xcomp Number=Sing
إلى إلى ADP 5 case
طرابلس طرابلس X 3 obl GPE
"""
TOPIC_AS_OBJECT = """
المدنيون مدني NOUN 1 nsubj Number=Plur
أجلا أجلى VERB 1 root Aspect=Perf|Gender=Masc|Number=Sing
هم هو PRON 1 obj
الجيش جيش NOUN 1 obj Number=Sing
من من ADP 5 case
البلدة بلدة NOUN 1 obl Number=Sing
"""
DROPPED_PASSIVE = """
نقل نقل VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing|Person=3
إلى إلى ADP 2 case
المستشفى مستشفى NOUN 0 obl Number=Sing
"""
VERB_TAKEN_FOR_NOUN = """
أسر أسر NOUN 0 root Number=Sing
الحوثيون حوثي NOUN 0 nmod Number=Plur
طاقم طاقم NOUN 0 obj Number=Sing
السفينة سفينة NOUN 2 nmod Number=Sing
و و CCONJ 5 cc
نقلوا نقل VERB 0 conj Aspect=Perf|Gender=Masc|Number=Plur|Person=3
الركاب راكب NOUN 5 obj Number=Plur
إلى إلى ADP 8 case
الميناء ميناء NOUN 5 obl Number=Sing
"""
MANNER = """
اقتيد اقتيد VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing|Person=3
الموقوفون موقوف NOUN 0 nsubj Number=Plur
مكبلين مكبل ADJ 0 obj Number=Plur
إلى إلى ADP 4 case
السجن سجن NOUN 0 obl Number=Sing
"""


@pytest.mark.parametrize(
    ("table", "trigger", "roles"),
    [
        # a counted noun opens the object; «من» within no approximation opens none
        (COUNTED_OBJECT, "نقل", {"agent": "الهلال الأحمر", "theme": "نحو مئتي جريح"}),
        (CARRIED_FROM, "تنقل", {"instrument": "حافلات", "theme": "مقاتلين", "origin": "القرية"}),
        # a plural that kept its nun takes no genitive: the next noun is the object
        (NUNATED_PLURAL, "اقتحم", {"theme": "مستوطنون", "destination": "بلدة حوارة"}),
        (SUBJECT_AS_GENITIVE, "ترك", {"theme": "السكان", "origin": "القرية"}),
        (ONE_OF, "طرد", {"theme": "أحد الدبلوماسيين"}),  # no Sunday
        (CONSTRUCT_PLURAL, "اقتحم", {"theme": "مستوطنو البلدة", "destination": "المعسكر"}),
        # a place after a counted noun is no genitive of it
        (APPROXIMATE_SUBJECT, "دخل", {"destination": "المدينة"}),
        # an accusative plural is no adjective of the subject, but may be one of its genitive
        (OBLIQUE_PLURAL, "نقلت", {"agent": "فرق الدفاع", "theme": "الناجين"}),
        (AGREEING_PLURAL, "نقلت", {"agent": None, "theme": "مئات الجنود المصابين"}),
        # what a gapped clause keeps of its object is no place
        (GAPPING, "نقلت", {"destination": "لبنان|العراق"}),
        (TWO_PLACES, "نقلت", {"destination": "القاعدة|معسكرات في العراق"}),
        # a masdar's subject that takes no genitive, and one that does
        (MASDAR_WITH_BOTH, "اقتحام", {"theme": "المستوطنين", "destination": "المسجد"}),
        (MASDAR_IN_IDAFA, "اقتحام", {"theme": "مستوطني المدينة", "destination": None}),
        # purpose: the subject of the clause carries over where it can act
        (PURPOSE, "شحن", {"agent": "الشركة", "theme": "الوقود"}),
        (PURPOSE_OF_SUBJECT, "نقل", {"agent": None, "instrument": "حافلات"}),
        (PURPOSE_OF_AN_IDEA, "نقل", {"agent": None, "theme": "المدنيين"}),
        (OUTER_RELATIVE, "نقل", {"agent": "إيران", "via": "المطار"}),
        (AMONG, "نقلوا", {"theme": "الوزير", "destination": "دمشق"}),
        # a plural of persons is a genitive, not an adjective, of a singular
        (GENITIVE_PARTICIPLE, "العائدين", {"theme": "العائدين", "origin": "تركيا"}),
        (ATTRIBUTIVE_PARTICIPLE, "العائدون", {"theme": "المقاتلون العائدون"}),
        (PREDICATE_PARTICIPLE, "متجها", {"theme": "الزورق", "destination": "مالطا"}),
        (BRINGS_THING, "خرج", {"theme": "الجنود"}),
        # the object after the second of two verbs; none where the first has a phrase of its own
        (SHARED_OBJECT, "حشدت", {"agent": "كييف", "theme": "ألوية", "destination": "الحدود"}),
        (NO_SHARED_OBJECT, "نقل", {"agent": None, "theme": "الجرحى"}),
        (NO_CONJUNCTION, "نقلوا", {"theme": "مواطنين لبنانيين", "destination": "جدة"}),
        (PART_OF_PLACE, "تسللوا", {"origin": "الجانب الآخر من النهر"}),
        (MISTAKEN_VERB, "إجلاء", {"agent": "إيران", "theme": "قادتها", "origin": "سوريا"}),
        (REINFORCED, "عزز", {"agent": "الجيش", "theme": "لواء", "destination": "رفح"}),
        (LIGHT_WITH_ADVERB, "نقل", {"agent": None, "theme": "القطع", "destination": "بولندا"}),
        # masdars side by side share what follows; with a genitive each, they do not
        (TWO_MASDARS, "نزوح", {"theme": "العائلات", "origin": "عفرين"}),
        (MASDARS_APART, "انسحاب", {"theme": "الجيش", "origin": None}),
        (IN_THE_COUNT_OF, "وصلوا", {"theme": "القائد", "destination": "دمشق"}),
        # a participle without the article is no attribute of a name
        (CIRCUMSTANCE, "وصلت", {"origin": "بغداد", "destination": "تكريت"}),
        # the subject behind a place: hung on it by the parser; but a genitive is none
        (PLACES_FIRST, "زار", {"theme": "وزير الخارجية", "destination": "طهران|بغداد"}),
        (PLACE_WITH_GENITIVE, "زار", {"theme": "الوزير", "destination": "مقر الحكومة"}),
        (NUMBER_BEHIND_PLACE, "عبر", {"theme": "آلاف اللاجئين", "via": "النهر"}),
        (RESUMED_PLACE, "هبطت", {"theme": "الطائرة", "destination": "المطار"}),
        (AFTER_SECOND_MASDAR, "انسحاب", {"destination": None}),
        (AFTER_SECOND_MASDAR, "عودة", {"destination": "القرية"}),
        # a plural verb has no subject behind it
        (PLURAL_VERB, "غادروا", {"theme": None, "origin": "البلاد"}),
        (MASCULINE_AFTER_FEMININE, "نقلت", {"agent": "الشرطة", "theme": "المعتقل"}),
        (MOVER_OF_THE_VERB, "غادر", {"theme": "الرئيس", "origin": "مطار بغداد"}),
        (MOVER_OF_THE_VERB, "متوجها", {"theme": "الرئيس", "destination": "أربيل"}),
        (NAME_BEFORE_PARTICIPLE, "القادمين", {"theme": "القادمين", "origin": "سوريا"}),
        (FEMININE_PARTICIPLE, "متجهة", {"theme": "شاحنة", "destination": "طرابلس"}),
        (TOPIC_AS_OBJECT, "أجلا", {"agent": "الجيش", "theme": "المدنيون", "origin": "البلدة"}),
        (VERB_TAKEN_FOR_NOUN, "نقلوا", {"agent": "الحوثيون", "theme": "الركاب"}),
        (MANNER, "اقتيد", {"agent": None, "theme": "الموقوفون", "destination": "السجن"}),
        (RETAGGED, "عبر", {"theme": "المهاجرون", "via": None, "destination": "اليونان"}),
    ],
)
def test_roles(table: str, trigger: str, roles: dict[str, str]) -> None:
    found = roles_of(table)[trigger]
    assert {role: found.get(role) for role in roles} == roles


@pytest.mark.parametrize("table", [BRINGS_IDEA])
def test_figures_of_speech(table: str) -> None:
    assert roles_of(table) == {}


def test_a_transitive_verb_with_neither_subject_nor_object_is_passive() -> None:
    (event,) = events_of(DROPPED_PASSIVE)._.events
    assert event.construction == "passive"
    assert [gap.role for gap in event.gaps] == ["theme"]


NAME_WITH_AND = """
فر فر VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الرجل رجل NOUN 0 nsubj Number=Sing
إلى إلى ADP 3 case
البوسنة بوسنة X 0 obl GPE
و+ و CCONJ 5 cc
الهرسك هرسك X 3 conj GPE
"""


def test_a_place_whose_name_holds_and_is_one_goal():
    NLP.add_pipe("place_names", first=True)
    try:
        assert roles_of(NAME_WITH_AND)["فر"]["destination"] == "البوسنة والهرسك"
    finally:
        NLP.remove_pipe("place_names")
    assert roles_of(NAME_WITH_AND)["فر"]["destination"] == "البوسنة|الهرسك"


LED_TO = """
أدى أدى VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
خروج خروج NOUN 0 nsubj
القطار قطار NOUN 1 nmod
إلى إلى ADP 4 case
سقوط سقوط NOUN 0 obl:arg
قتلى قتيل NOUN 4 nmod
"""
LED_HOME = """
بدأ بدأ VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
خروج خروج NOUN 0 nsubj
القطار قطار NOUN 1 nmod
إلى إلى ADP 4 case
المدينة مدينة NOUN 0 obl:arg
"""


@pytest.mark.parametrize(("table", "goal"), [(LED_TO, None), (LED_HOME, "المدينة")])
def test_what_a_movement_leads_to_is_no_goal_of_it(table: str, goal: str | None) -> None:
    assert roles_of(table)["خروج"].get("destination") == goal


def test_what_the_trigger_is_a_part_of_is_no_goal_of_it() -> None:
    table = """
    أدى أدى VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
    الاتفاق اتفاق NOUN 0 nsubj
    إلى إلى ADP 3 case
    وقف وقف NOUN 0 obl:arg
    تدفق تدفق NOUN 3 nmod
    المهاجرين مهاجر NOUN 4 nmod
    """
    assert roles_of(table)["تدفق"] == {"theme": "المهاجرين"}


@pytest.mark.parametrize(
    ("verb", "lemma", "trigger", "action"),
    [("فر", "فر", "سفر", "traveled"), ("تصل", "وصل", "تصل", "arrived")],
)
def test_no_perfect_follows_the_future_marker(
    verb: str, lemma: str, trigger: str, action: str
) -> None:
    aspect = "Perf" if verb == "فر" else "Imp"
    doc = events_of(
        f"""
        س+ س AUX 1 aux
        {verb}+ {lemma} VERB 1 root Aspect={aspect}|Gender=Masc|Number=Sing
        هم هو PRON 1 obj
        إلى إلى ADP 4 case
        مصر مصر X 1 obl GPE
        """
    )
    assert [(e.trigger.text, e.action) for e in doc._.events] == [(trigger, action)]


@pytest.mark.parametrize(("noun", "events"), [("التغريدات تغريدة", 0), ("المسافرين مسافر", 1)])
def test_a_quantity_of_ideas_is_an_idea(noun: str, events: int) -> None:
    table = f"""
    أتت أتى VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
    معظم معظم NOUN 0 nsubj
    {noun} NOUN 1 nmod Number=Plur
    من من ADP 4 case
    مصر مصر X 0 obl GPE
    """
    assert len(events_of(table)._.events) == events
