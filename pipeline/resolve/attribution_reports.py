"""Reports: stretches of text that somebody is said to say.

Each rule reads one construction and names it. The innermost report over a trigger gives its source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
from spacy.attrs import LEMMA, MORPH, NORM, ORTH, POS
from spacy.tokens import Doc, Span, Token

from pipeline.extract.sentences import forward, sentence_end, sentence_start
from pipeline.extract.syntax import children, feature, key
from pipeline.extract.word_memo import WordMemo
from pipeline.morphology import ENDINGS
from pipeline.resolve.attribution_content import clause_before, content_after, nominal_content
from pipeline.resolve.attribution_lexicon import ReportingLexicon, lemma_in
from pipeline.resolve.attribution_sources import (
    clause_subject,
    nominal_after,
    source_phrase,
    subject_of,
)
from pipeline.text import fold

#: Tokens from a sentence's start within which a headline's colon stands.
_HEADLINE_REACH = 9
_RELAY_REACH = 12
#: Links over which a verb shares its subject: «وصل [الوزير] وقال», «كانت [اللجنة] أعلنت».
_JOINED = frozenset({"conj", "parataxis", "xcomp", "ccomp"})
#: The feature of a participle with the article, which is no cue.
_DEFINITE = "Definite=Def"


@dataclass(frozen=True)
class Report:
    """Reported words between two token positions, and who says them.

    ``source`` is None where the speaker is dropped and unknown. A ``nominal`` report has no clause
    but a noun for its content: it holds for triggers that depend on the cue. ``outer`` reports
    (source phrases, headlines) hold where no other does.
    """

    rule: str
    cue: Token
    source: Span | None
    start: int
    end: int
    nominal: bool = False
    outer: bool = False


def find_reports(doc: Doc, words: ReportingLexicon) -> list[Report]:
    """All reports of a Doc, in text order."""
    reports: list[Report] = []
    rules, openings = _cues(doc, words)
    cues = [*rules]
    colons = np.flatnonzero(doc.to_array(ORTH) == doc.vocab.strings[":"]).tolist()
    for sent in doc.sents:
        found: list[Report] = []
        taken: set[int] = set()
        headline = _headline(sent, words) if _within(colons, sent) else ()
        phrases = _source_phrases(sent, words, _within(openings, sent))
        for report, covered in (*headline, *phrases):
            found.append(report)
            taken |= covered
        for at in _within(cues, sent):
            told = None if at in taken else rules[at](doc[at], words, [*reports, *found])
            if told is not None:
                found.append(told)
        reports += sorted(found, key=lambda report: report.cue.i)
    return reports


def _within(positions: Sequence[int], sent: Span) -> Sequence[int]:
    """Those of the ascending positions that stand in a sentence."""
    return positions[bisect_left(positions, sent.start) : bisect_left(positions, sent.end)]


_Rule = Callable[[Token, ReportingLexicon, Sequence[Report]], "Report | None"]


def _cues(doc: Doc, words: ReportingLexicon) -> tuple[dict[int, _Rule], list[int]]:
    """The rules that read words as cues, by position; where a source phrase may open."""
    rules: dict[int, _Rule] = {}
    openings: list[int] = []
    for at, (rule, opens) in enumerate(_word_cues(words)(doc)):
        if rule:
            rules[at] = rule
        if opens:
            openings.append(at)
    return rules, openings


@lru_cache(maxsize=4)
def _word_cues(words: ReportingLexicon) -> WordMemo[tuple[_Rule | None, bool]]:
    """The rule that reads a word as a cue, or None; whether it may open a source phrase."""

    def rule_for(tag: str, norm: str, lemma: str, morph: str) -> _Rule | None:
        said = fold(lemma)
        if tag in ("VERB", "X") and said in words.verbs:
            return _reporting_verb
        if tag in ("ADJ", "NOUN", "VERB", "ADV") and _DEFINITE not in morph.split("|"):
            form = fold(norm).removesuffix(ENDINGS.accusative)
            if form in words.participles or said in words.participles:
                return _participle
        return _masdar if tag == "NOUN" and said in words.masdars else None

    def cue(tag: str, norm: str, lemma: str, morph: str) -> tuple[_Rule | None, bool]:
        opens = words.clause_phrases.may_open(norm) or words.phrases.may_open(norm)
        return rule_for(tag, norm, lemma, morph), opens

    return WordMemo([POS, NORM, LEMMA, MORPH], cue)


def _headline(sent: Span, words: ReportingLexicon) -> Iterator[tuple[Report, set[int]]]:
    """«[الصليب الأحمر]: قافلة المساعدات تدخل الغوطة»: a name before a colon, no verb."""
    tokens = list(islice((token for token in sent if not token.is_space), _HEADLINE_REACH))
    colon = next((n for n, token in enumerate(tokens) if token.text == ":"), 0)
    before = tokens[:colon]
    if not before or any(token.pos_ in ("VERB", "SCONJ", "PUNCT") for token in before):
        return
    if before[0].pos_ == "ADP" or key(before[0]) in words.labels:
        return
    source = sent.doc[before[0].i : before[-1].i + 1]
    report = Report("headline_colon", tokens[colon], source, tokens[colon].i, sent.end, outer=True)
    yield report, set()


def _source_phrases(
    sent: Span, words: ReportingLexicon, openings: Sequence[int]
) -> Iterator[tuple[Report, set[int]]]:
    """«وفقا ل[صحيفة …]», «بحسب [المرصد]», «حسب ما أعلنت [رئيسة المجموعة]»: over the sentence."""
    doc = sent.doc
    free = sent.start  # from here on no phrase was found
    for position in openings:
        if position < free:
            continue
        clause = words.clause_phrases.match(doc, position)
        length = clause or words.phrases.match(doc, position)
        if not length:
            continue
        free = position + length
        cue = doc[position + length - 1]
        verb = _verb_after(cue, words) if clause else None
        head = subject_of(verb, sent.end) if verb and not content_after(verb, words) else None
        if not clause:
            head = nominal_after(cue, sent.end)
        if head is not None and not lemma_in(head, words.grounds):
            rule = "source_clause" if clause else "source_phrase"
            yield _source_report(rule, cue, verb, head, words)


def _source_report(
    rule: str, cue: Token, verb: Token | None, head: Token, words: ReportingLexicon
) -> tuple[Report, set[int]]:
    """Over the sentence, or over the clause that follows («نقلا عن المدير قوله …»)."""
    opening, closing = sentence_start(cue), sentence_end(cue)
    content = content_after(cue, words) if verb is None else None
    end = content[0] - 1 if content else closing
    source = source_phrase(head, end)
    covered = {verb.i} if verb is not None else set()
    if content and cue.i - opening > 1:
        return Report("relayed", cue, source, *content), covered
    return Report(rule, cue, source, opening, closing, outer=True), covered


def _verb_after(cue: Token, words: ReportingLexicon) -> Token | None:
    for token in forward(cue.doc, cue.i + 1, min(sentence_end(cue), cue.i + 4)):
        if token.pos_ in ("VERB", "X", "NOUN") and lemma_in(token, words.verbs):
            return token
    return None


def _reporting_verb(verb: Token, words: ReportingLexicon, known: Sequence[Report]) -> Report | None:
    """«قال [الوزير] إن …», «[الوزير] أكد أن …», «"…"، قال [الوزير]», «أعلنت [الوزارة] عودة …»."""
    content = content_after(verb, words)
    if content:
        relayed = _relayed(verb, content[0], words)
        if relayed is not None:
            return Report("relayed", verb, source_phrase(relayed, content[0] - 1), *content)
        source = _speaker(verb, content[0] - 1, known)
        return Report("content_clause", verb, source, *content)
    before = clause_before(verb)
    head = subject_of(verb, sentence_end(verb))
    if before and head is not None and head.i > verb.i and not _has_object(verb):
        return Report("quotation_before", verb, source_phrase(head, sentence_end(verb)), *before)
    if lemma_in(verb, words.clause_only):
        return None
    start = verb.i + 1 if head is None or head.i < verb.i else head.i + 1
    content = nominal_content(verb, start)
    return Report(
        "nominal_content", verb, _speaker(verb, content[1], known), *content, nominal=True
    )


def _has_object(verb: Token) -> bool:
    return any(
        child.pos_ != "PRON" and child.i > verb.i for child in children(verb, "obj", "ccomp")
    )


def _relayed(cue: Token, end: int, words: ReportingLexicon) -> Token | None:
    """«نقلت رويترز عن [مصدر دبلوماسي] قوله إن»: the source after the marker."""
    if not lemma_in(cue, words.relaying):
        return None
    for token in forward(cue.doc, cue.i + 1, min(end, cue.i + _RELAY_REACH)):
        if token.pos_ == "ADP" and key(token) in words.relay_markers:
            return nominal_after(token, end)
    return None


def _speaker(verb: Token, end: int, known: Sequence[Report]) -> Span | None:
    """The verb's subject, else the subject of the clause it is joined to, else the last speaker."""
    head = subject_of(verb, end)
    if head is not None:
        return source_phrase(head, end if head.i > verb.i else verb.i)
    if feature(verb, "Person") == "1" or _is_impersonal(verb):
        return None
    if verb.dep_ in ("acl", "acl:relcl") and verb.head.i < verb.i:
        return source_phrase(verb.head, verb.i)
    joined = clause_subject(verb) if verb.dep_ in _JOINED else None
    if joined is not None and joined.i < verb.i and not _reported(joined, known):
        return source_phrase(joined, verb.i)
    return next((report.source for report in reversed(known) if report.source), None)


def _reported(token: Token, known: Sequence[Report]) -> bool:
    """Whether a noun stands inside reported words, and so is no speaker of the text."""
    return any(r.start <= token.i < r.end and not r.outer for r in known)


def _is_impersonal(verb: Token) -> bool:
    """«ويذكر أن»، «قيل إن»: a passive or an imperfect that opens its sentence without a subject."""
    if feature(verb, "Voice") == "Pass":
        return True
    before = forward(verb.doc, sentence_start(verb), verb.i)
    opens = all(token.pos_ in ("CCONJ", "SPACE") for token in before)
    return opens and feature(verb, "Aspect") == "Imp" and feature(verb, "Gender") == "Masc"


def _participle(token: Token, words: ReportingLexicon, known: Sequence[Report]) -> Report | None:
    """«وصل [الوزير] …، مشيرا إلى أن …»: the speaker is the subject of the clause it stands in."""
    content = content_after(token, words)
    if content is None:
        return None
    start = sentence_start(token)
    inner = [report for report in known if start <= report.cue.i < token.i]
    if inner and inner[-1].source is not None and not inner[-1].outer:
        return Report("participle", token, inner[-1].source, *content)
    subject = clause_subject(token)
    source = source_phrase(subject, token.i) if subject is not None else None
    if source is None and known:
        source = known[-1].source
    return Report("participle", token, source, *content)


def _masdar(token: Token, words: ReportingLexicon, known: Sequence[Report]) -> Report | None:
    """«إعلان [المتمردين] أن …», «عن مصدر قوله إن»: the genitive, or the speaker before."""
    content = content_after(token, words)
    possessors = children(token, "nmod", "obj", "nsubj")
    owner = next((child for child in possessors if child.i > token.i), None)
    if owner is not None and owner.pos_ == "PRON":
        if content is None or not known:
            return None
        return Report("noun_of_saying", token, known[-1].source, *content)
    if owner is None or any(child.dep_ == "case" for child in owner.children):
        return None
    end = content[0] - 1 if content else sentence_end(token)
    source = source_phrase(owner, end)
    if content:
        return Report("noun_of_saying", token, source, *content)
    bounds = nominal_content(token, source.end)
    return Report("noun_of_saying", token, source, *bounds, nominal=True)
