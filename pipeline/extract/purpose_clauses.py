"""Subjects that a purpose clause, or a clause inside another, takes from the one around it.

استأجرت [الشركة] ناقلتين لشحن الوقود          the subject of the clause whose purpose it is
إيران، [الدولة] التي دعمت … واستخدمت الأراضي لنقل …   the antecedent of an outer relative clause
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.clauses import ClauseLexicon
from pipeline.extract.relative_clauses import named_by, relative_clause
from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import forward
from pipeline.extract.subjects import SUBJECT, explicit_subject, shared_subject
from pipeline.extract.syntax import agrees, ancestors, case_word, lemma_key, neighbour
from pipeline.extract.triggers import Candidate
from pipeline.morphology import PARTICLES


def clause_subject(
    verb: Token, candidate: Candidate, lexicon: ClauseLexicon, classes: Classifier
) -> Token | None:
    """The subject of the verb over a trigger: its own, shared, an antecedent, or a noun between."""
    subject = explicit_subject(verb) or shared_subject(verb)
    own = {candidate.token.i, *(shell.i for shell in candidate.government.via)}
    if subject is not None and subject.i not in own:
        return subject
    relative = relative_clause(Candidate(verb, "verb", [], "lemma"), lexicon)
    if relative is not None:
        return relative.antecedent
    for token in forward(verb.doc, verb.i + 1, candidate.token.i):
        if token.pos_ in ("ADP", "SCONJ", "VERB", "PRON", "PUNCT"):
            return None
        shell = lemma_key(token) in lexicon.shells
        if token.pos_ in ("NOUN", "X", "PROPN") and not shell and not classes.is_time(token):
            return token
    return None


def purpose_controller(
    candidate: Candidate, lexicon: ClauseLexicon, classes: Classifier
) -> tuple[Token, str] | None:
    """The subject of the clause whose purpose a masdar after ل tells.

    استأجرت [الشركة] ناقلتين لشحن الوقود إلى …     the purpose hangs on the object or on the verb
    ^verb   ^subject ^above   ^trigger
    وصلت [حافلات] لنقل المدنيين                 on the subject, which is then the mover itself
    هبوط [الطائرات] لنقل المصابين               on another movement, whose mover carries over
    أهلوا [الرواد] للسفر إلى الفضاء             who moves by himself is the person that is acted on
    """
    if case_word(candidate.token) != PARTICLES.li:
        return None
    host = candidate.token.head
    if host.i in classes.masdars:
        mover = neighbour(host, 1)
        fits = mover is not None and mover.head.i == host.i and classes.is_mobile(mover)
        return (mover, "subject.purpose") if mover is not None and fits else None
    clause = governing_clause(candidate.token)
    if clause is None:
        return None
    verb, above = clause
    if above is not None and above.dep_.startswith("nsubj"):
        fits = classes.is_mobile(above) and lemma_key(verb) not in lexicon.uses
        return (above, "subject.purpose") if fits else None
    if above is not None and SUBJECT[candidate.senses[0].valency] == "theme":
        kinds = classes.classes(above)
        if "person" in kinds and not kinds & {"vehicle", "place"}:
            return above, "subject.purpose"
    subject = clause_subject(verb, candidate, lexicon, classes)
    if subject is None or classes.is_abstract(subject):
        return None
    return subject, "subject.purpose"


def governing_clause(token: Token) -> tuple[Token, Token | None] | None:
    """The finite verb over a noun, with the noun of its clause between them, if there is one."""
    node, between = token, None
    for _ in range(4):
        head = node.head
        if head.i == node.i or node.dep_ in ("acl", "acl:relcl", "parataxis", "conj", "appos"):
            return None
        if head.pos_ == "VERB":
            inside = any(t.pos_ == "SCONJ" for t in forward(token.doc, head.i, token.i))
            return (head, between) if head.i < token.i and not inside else None
        node, between = head, head
    return None


def clause_doer(verb: Token, classes: Classifier) -> Token | None:
    """Who does what a verb without a subject of its own says, in the clauses around it.

    إيران، [الدولة] التي دعمت … خلال الحرب التي استمرت … واستخدمت الأراضي
                  ^verb 2              ^verb 1        ^verb
    A conjunct that the parser hung on an inner relative clause, whose antecedent can do nothing,
    belongs to an outer one.
    """
    node = verb
    for above in ancestors(verb):
        if node.pos_ == "VERB" and node.dep_ in ("acl:relcl", "acl"):
            doer = named_by(above)
            if _can_act(doer, classes) and agrees(verb, above):
                return doer
        elif above.pos_ == "VERB" and node.dep_ == "conj":
            subject = explicit_subject(above)
            if subject is not None:
                return subject if _can_act(subject, classes) and agrees(verb, subject) else None
        node = above
    return None


def _can_act(noun: Token, classes: Classifier) -> bool:
    return bool(classes.classes(noun) & {"person", "group", "force"})
