"""Core roles of a finite verb: who is subject, who is object, active or passive."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.clauses import ClauseLexicon, load_clause_lexicon
from pipeline.extract.lexicon import Sense
from pipeline.extract.linear_subjects import noun_after_phrases
from pipeline.extract.phrase_bounds import (
    after_place,
    after_subject,
    counted_noun,
    is_approximation,
    split_pair,
)
from pipeline.extract.relative_clauses import RelativeClause, resumes
from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import forward, sentence_end, sentence_start
from pipeline.extract.subjects import (
    CAUSED,
    OBJECT,
    PLACE_OBJECT,
    Core,
    bare_place,
    clashes,
    explicit_subject,
    is_person,
    next_noun,
    noun_before,
    object_role,
    shared_subject,
    subject_role,
    unmarked_nouns,
)
from pipeline.extract.syntax import NOMINAL, children, feature, has_case, is_closed, key, neighbour
from pipeline.extract.triggers import Candidate, is_passive

#: A subject from above the clause: its head, the rule, and how it was resolved.
Above = tuple[Token, str, str | None]


def verb_core(
    candidate: Candidate,
    sense: Sense,
    relative: RelativeClause | None,
    classes: Classifier,
    has_theme_phrase: bool,
) -> Core:
    """Core roles of a finite verb.

    أرسلت [طهران]agent [قوات]theme        دخل [مقاتلو طالبان]theme [القصر]destination
    نُقل [ثمانية عشر مصابا]theme            الدبابات التي أدخلت-[ها]theme [موسكو]agent
    """
    verb = candidate.token
    subject, rule = explicit_subject(verb), "subject.nsubj"
    lexicon = candidate.clauses or load_clause_lexicon()
    if subject is not None and is_approximation(subject, lexicon):
        subject = counted_noun(subject, classes, lexicon) or subject
    adverbials = lexicon.adverbials
    nouns = [noun for noun in unmarked_nouns(verb, classes) if key(noun) not in adverbials]
    objects = [
        noun for noun in nouns if noun.i > verb.i and (subject is None or noun.i != subject.i)
    ]
    if subject is None and not objects and relative is None:
        subject = noun_after_phrases(verb, classes, lexicon.approximators)
        rule = "subject.behind" if subject is not None else rule
    closed = subject is not None and sense.valency in PLACE_OBJECT and is_closed(subject)
    if subject is not None and sense.valency in OBJECT and (not objects or closed):
        objects = after_subject(verb, subject, sense.valency, classes, lexicon) or objects
    pronouns = [
        c for c in children(verb, "obj", "nmod", "obl") if c.pos_ == "PRON" and not has_case(c)
    ]
    pronoun = pronouns[0] if pronouns and pronouns[0].i - verb.i <= 2 else None
    core = Core("finite", "verb")
    if subject is None and (not objects or verb.pos_ != "VERB"):
        following = _following(verb, classes, lexicon)
        if following is not None:
            objects, rule = [following], "subject.linear"
            mover = not bare_place(following, classes)
            if verb.pos_ != "VERB" and sense.valency in PLACE_OBJECT and mover:
                objects = after_subject(verb, following, sense.valency, classes, lexicon)
                subject = following
    governing = _from_above(candidate, relative, pronoun, subject, sense, classes)
    if governing is None and subject is None:
        before = noun_before(verb, classes)
        governing = (before, "subject.before", None) if before is not None else None
    if sense.valency in CAUSED:
        _caused(core, candidate, sense, subject, objects, pronoun, governing, relative, classes,
                has_theme_phrase)  # fmt: skip
    else:
        _moving(
            core, candidate, sense, subject, objects, pronoun, governing, relative, classes, rule
        )
    return core


def _following(verb: Token, classes: Classifier, lexicon: ClauseLexicon) -> Token | None:
    """The noun right after a verb: «عبر [المهاجرون]», «عبر أكثر من [مليون] لاجئ»."""
    following = neighbour(verb, 1)
    if following is not None and is_approximation(following, lexicon):
        return counted_noun(following, classes, lexicon)
    noun = next_noun(verb, classes)
    return noun if noun is not None and key(noun) not in lexicon.adverbials else None


def _from_above(
    candidate: Candidate,
    relative: RelativeClause | None,
    pronoun: Token | None,
    subject: Token | None,
    sense: Sense,
    classes: Classifier,
) -> Above | None:
    """A subject that stands outside the clause: antecedent, shared subject, aspect verb's."""
    verb = candidate.token
    if subject is not None and (
        sense.valency not in OBJECT or not classes.is_place(subject) or subject.i < verb.i
    ):
        return None
    if relative is not None and not (pronoun is not None and resumes(pronoun, relative.antecedent)):
        return relative.antecedent, "subject.relative", "relative"
    over = candidate.government
    if over.kind == "aspect" and over.verb is not None:
        above = explicit_subject(over.verb) or shared_subject(over.verb)
        if above is not None:
            return above, "subject.aspect", "control"
    shared = shared_subject(verb)
    return (shared, "subject.shared", "coordination") if shared is not None else None


def _moving(
    core: Core, candidate: Candidate, sense: Sense, subject: Token | None, objects: list[Token],
    pronoun: Token | None, governing: Above | None, relative: RelativeClause | None,
    classes: Classifier, rule: str,
) -> None:  # fmt: skip
    """Verbs whose subject moves; an object, if the valency has one, is a place."""
    verb, lexicon = candidate.token, candidate.clauses or load_clause_lexicon()
    role = OBJECT.get(sense.valency)
    place = None
    if role is not None:
        if subject is not None and objects:
            place = objects[0]
            if classes.is_place(subject) and is_person(place, classes, named=False):
                subject, place = place, subject
        elif objects:
            place, objects = objects[0], objects[1:]
            if governing is None and not classes.is_place(place):
                subject, place = place, objects[0] if objects else None
            else:
                behind = after_place(place, classes, lexicon) if place.i > verb.i else None
                subject = objects[0] if objects else behind
        elif (
            subject is not None
            and subject.i > verb.i
            and classes.is_place(subject)
            and (behind := after_place(subject, classes, lexicon)) is not None
        ):
            place, subject = subject, behind
        elif subject is not None and (governing is not None or bare_place(subject, classes)):
            place, subject = subject, None
    elif subject is None and objects and governing is None:
        subject = objects[0]
    if subject is not None:
        core.add("theme", subject, rule)
    elif governing is not None:
        core.add("theme", *governing)
    else:
        core.open_role = "theme"
        core.gaps.append(("theme", candidate.token, "dropped_subject", "subject.dropped"))
    if role is None:
        return
    if place is not None:
        core.add(role, place, f"{role}.object")
        core.has_object = True
    elif pronoun is not None:
        core.has_object = True
        if relative is not None and resumes(pronoun, relative.antecedent):
            core.mentions[role] = pronoun
            core.add(role, relative.antecedent, f"{role}.resumptive", "relative")
        else:
            core.gaps.append((role, pronoun, "object_pronoun", f"{role}.pronoun"))
    elif relative is not None and subject is not None and governing is None:
        core.has_object = True
        core.add(role, relative.antecedent, f"{role}.relative", "relative")


def _caused(
    core: Core, candidate: Candidate, sense: Sense, subject: Token | None, objects: list[Token],
    pronoun: Token | None, governing: Above | None, relative: RelativeClause | None,
    classes: Classifier, has_theme_phrase: bool,
) -> None:  # fmt: skip
    """Verbs whose subject makes something move; without any object they are passive."""
    verb = candidate.token
    moved = objects[0] if objects else None
    topic = subject if subject is not None and subject.i < verb.i else None
    if topic is not None and moved is not None and pronoun and resumes(pronoun, topic):
        core.mentions["theme"] = pronoun  # «[المدنيون]theme أجلاهم [الجيش]agent»
        core.add(subject_role(sense.valency, moved, classes), moved, "subject.nsubj")
        _object(core, sense, topic, "object.resumptive", classes, "relative")
        return
    alone = subject if moved is None else moved if subject is None else None
    if alone is not None and alone.i > verb.i and pronoun is None and candidate.clauses is not None:
        second = split_pair(alone, classes, candidate.clauses)
        if second is not None:
            subject, moved = alone, second
    if sense.valency == "caused_by_marker":
        moved = None
    if subject is not None and moved is None and pronoun is None and not has_theme_phrase:
        shared = shared_subject(verb)
        conjoined = shared is not None and not is_passive(verb)
        if relative is not None and not is_passive(verb):
            core.add(subject_role(sense.valency, subject, classes), subject, "subject.nsubj")
            _object(core, sense, relative.antecedent, "object.relative", classes, "relative")
            return
        if clashes(verb, subject):
            _object(core, sense, subject, "object.clash", classes)
            above = noun_before(verb, classes)
            if shared is not None or above is not None:
                doer = shared if shared is not None else above
                assert doer is not None
                resolved = "coordination" if shared is not None else None
                core.add(
                    subject_role(sense.valency, doer, classes), doer, "subject.above", resolved
                )
            else:
                core.open_role = "agent"
                core.gaps.append(("agent", verb, "dropped_subject", "subject.dropped"))
            return
        if conjoined and shared is not None:
            core.add(
                subject_role(sense.valency, shared, classes),
                shared,
                "subject.shared",
                "coordination",
            )
            _object(core, sense, subject, "object.second", classes)
            return
        core.construction, core.rule = "passive", "verb.no_object"
        core.forced = is_passive(verb) or _by_force(candidate)
        _object(core, sense, subject, "subject.passive", classes)
        return
    if subject is not None:
        core.add(subject_role(sense.valency, subject, classes), subject, "subject.nsubj")
    if moved is not None:
        _object(core, sense, moved, "object.obj", classes)
    elif pronoun is not None:
        core.has_object = True
        if relative is not None and resumes(pronoun, relative.antecedent):
            core.mentions["theme"] = pronoun
            _object(core, sense, relative.antecedent, "object.resumptive", classes, "relative")
        else:
            core.gaps.append(("theme", pronoun, "object_pronoun", "object.pronoun"))
    if subject is not None:
        return
    if governing is not None:
        token, rule, resolved_by = governing
        # An object that is no mover still says that the verb is active: «تقل خليطا».
        has_object = moved is not None or pronoun is not None or bool(children(verb, "obj"))
        if not has_object and not has_theme_phrase:
            core.construction, core.rule = "passive", "verb.no_object"
            _object(core, sense, token, rule, classes, resolved_by)
        else:
            core.add(subject_role(sense.valency, token, classes), token, rule, resolved_by)
        return
    bare = moved is None and pronoun is None and not has_theme_phrase
    if bare and sense.valency != "caused_by_marker":  # «ثم نقلوا إلى الأردن»: who was moved
        core.construction, core.rule = "passive", "verb.no_object"
        core.gaps.append(("theme", verb, "dropped_subject", "subject.dropped"))
        return
    if is_passive(verb) or (moved is not None and _opens_sentence(verb)):
        core.construction, core.rule = "passive", "verb"
        return
    core.open_role = "agent"
    core.gaps.append(("agent", verb, "dropped_subject", "subject.dropped"))


def _by_force(candidate: Candidate) -> bool:
    forced = candidate.clauses.forced if candidate.clauses else frozenset()
    verb = candidate.token
    return any(key(token) in forced for token in forward(verb.doc, verb.i, sentence_end(verb)))


def _opens_sentence(verb: Token) -> bool:
    """A third person singular with nothing before it that could be its subject."""
    start = sentence_start(verb)
    if start > 1 or feature(verb, "Gender") == "Fem":
        return False
    return all(t.pos_ not in NOMINAL and t.pos_ != "VERB" for t in forward(verb.doc, start, verb.i))


def _object(
    core: Core, sense: Sense, noun: Token, rule: str, classes: Classifier,
    resolved_by: str | None = None,
) -> None:  # fmt: skip
    role = object_role(sense.valency, noun, classes)
    if role is not None:
        core.has_object = True
        core.add(role, noun, rule, resolved_by)
