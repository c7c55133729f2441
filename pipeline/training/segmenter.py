"""Tells from raw text whether a word form is fused: the lexical knowledge a treebank lacks.

A treebank of 200,000 words names too few word forms for a tokenizer to learn that one word's
first letter is a conjunction and another's belongs to its stem. Raw text knows: what is left
after a clitic is cut off occurs by itself, or doesn't. Clitics and the spelling changes at their
seams are read off the treebank's multi-word tokens; boosted trees, fitted on the treebank's
forms, weigh the counts.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.training.conllu import Token

MAX_CLITIC = 3
MIN_CLITIC_COUNT = 8
MIN_SEAM_COUNT = 8
Seam = tuple[str, str]


@dataclass(frozen=True)
class Analysis:
    """A way to cut a form: clitics before, the word, clitics after (all tuples of forms)."""

    before: tuple[str, ...]
    stem: str
    after: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The syntactic words in order."""
        return (*self.before, self.stem, *self.after)

    @property
    def fused(self) -> bool:
        """Whether anything is cut."""
        return bool(self.before or self.after)


@dataclass
class Clitics:
    """What a treebank's multi-word tokens show: clitic sequences and spelling changes at seams.

    start_seams: before-sequence -> {(surface, word) spellings of the stem's first letters}.
    end_seams: the same for last letters, by after-sequence.
    """

    before: Counter = field(default_factory=Counter)
    after: Counter = field(default_factory=Counter)
    start_seams: dict = field(default_factory=lambda: defaultdict(Counter))
    end_seams: dict = field(default_factory=lambda: defaultdict(Counter))


def learn_clitics(tokens: Iterable[Token], fold: Callable[[str], str]) -> Clitics:
    """Counts clitics and seams over multi-word tokens whose one long word is not a clitic."""
    learned = Clitics()
    for token in tokens:
        if not token.fused:
            continue
        cut = split_words(fold(token.form), [fold(word) for word in token.words])
        if cut is None:
            continue
        before, surface, stem, after = cut
        learned.before[before] += bool(before)
        learned.after[after] += bool(after)
        start, end = _seams(surface, stem)
        learned.start_seams[before][start] += 1
        learned.end_seams[after][end] += 1
    for seams in (learned.start_seams, learned.end_seams):
        for key in seams:
            kept = {s: n for s, n in seams[key].items() if n >= MIN_SEAM_COUNT and s[0] != s[1]}
            seams[key] = Counter(kept)
    for counter in (learned.before, learned.after):
        for key in [k for k, n in counter.items() if n < MIN_CLITIC_COUNT or not k]:
            del counter[key]
    return learned


def split_words(
    form: str, words: list[str]
) -> tuple[tuple[str, ...], str, str, tuple[str, ...]] | None:
    """(clitics before, surface of the stem, stem, clitics after), or None if not that shape.

    The stem is the longest word; the others must be short and stand at the form's edges.
    """
    stem_at = max(range(len(words)), key=lambda i: len(words[i]))
    before, after = tuple(words[:stem_at]), tuple(words[stem_at + 1 :])
    if any(len(word) > MAX_CLITIC for word in (*before, *after)):
        return None
    head, tail = "".join(before), "".join(after)
    if not (form.startswith(head) and form.endswith(tail)):
        return None
    surface = form[len(head) : len(form) - len(tail)]
    return (before, surface, words[stem_at], after) if surface else None


def _seams(surface: str, stem: str) -> tuple[Seam, Seam]:
    """The differing first and last letters of a stem as written and as a word."""
    best, at = 0, (0, 0)
    for i in range(min(3, len(surface))):
        for j in range(min(3, len(stem))):
            n = 0
            while i + n < len(surface) and j + n < len(stem) and surface[i + n] == stem[j + n]:
                n += 1
            if n > best:
                best, at = n, (i, j)
    i, j = at
    old, new = surface[i + best :], stem[j + best :]
    start = (surface[: i + 1], stem[: j + 1]) if j > i else (surface[:i], stem[:j])
    end = (surface[i + best - 1 :], stem[j + best - 1 :]) if len(new) > len(old) else (old, new)
    return start, end


class FormSegmenter:
    """Probability that a form is fused, and its likeliest cut.

    counts: folded form -> occurrences in raw text; fold: spelling key (length-preserving).
    """

    def __init__(self, clitics: Clitics, counts: Counter, fold: Callable[[str], str]):
        self.clitics, self.counts, self.fold = clitics, counts, fold
        self.before_ids = {key: i + 1 for i, (key, _) in enumerate(clitics.before.most_common(30))}
        self.after_ids = {key: i + 1 for i, (key, _) in enumerate(clitics.after.most_common(30))}
        self.edges: dict[tuple[str, int], tuple[int, int]] = {}
        self.letters: dict[str, int] = {}
        self.model = HistGradientBoostingClassifier(
            max_iter=300,
            learning_rate=0.08,
            max_leaf_nodes=24,
            l2_regularization=1.0,
            random_state=0,
        )

    def analyses(self, form: str) -> list[Analysis]:
        """Every cut that the clitics allow, the uncut form first. `form` is folded."""
        found = [Analysis((), form, ())]
        for before in [(), *self.clitics.before]:
            head = "".join(before)
            if not form.startswith(head):
                continue
            for after in [(), *self.clitics.after]:
                tail = "".join(after)
                surface = form[len(head) : len(form) - len(tail)]
                if (before or after) and form.endswith(tail) and len(surface) > 1:
                    found += [
                        Analysis(before, s, after) for s in self._stems(before, surface, after)
                    ]
        return found

    def _stems(self, before: tuple, surface: str, after: tuple) -> set[str]:
        stems = {surface}
        for old, new in self.clitics.start_seams.get(before, ()):
            if surface.startswith(old):
                stems.add(new + surface[len(old) :])
        for old, new in self.clitics.end_seams.get(after, ()):
            if surface.endswith(old):
                stems |= {s[: len(s) - len(old)] + new for s in stems if s.endswith(old)}
        return stems

    def best(self, form: str) -> Analysis:
        """The cut whose stem is commonest, clitics' own frequency weighed in; never uncut."""
        cuts = self.analyses(form)[1:]
        return max(cuts, key=self._plausibility) if cuts else Analysis((), form, ())

    def _plausibility(self, cut: Analysis) -> float:
        prior = _log(self.clitics.before.get(cut.before, 0)) + _log(
            self.clitics.after.get(cut.after, 0)
        )
        return _log(self.counts[cut.stem]) + 0.5 * prior - 2.0 * len(cut.before + cut.after)

    def _features(self, form: str) -> list[float]:
        cut = self.best(form)
        own, stem = self.counts[form], self.counts[cut.stem]
        reach = [b for b in self.clitics.before if self.counts["".join(b) + cut.stem] > 0]
        whole_reach = [b for b in self.clitics.before if self.counts["".join(b) + form] > 0]
        tails = [a for a in self.clitics.after if self.counts[cut.stem + "".join(a)] > 0]
        whole_tails = [a for a in self.clitics.after if self.counts[form + "".join(a)] > 0]
        no_head = form[len("".join(cut.before)) :]
        no_tail = form[: len(form) - len("".join(cut.after))]
        letters = [self.letters.setdefault(c, len(self.letters)) for c in form[:4].ljust(4)]
        letters += [self.letters.setdefault(c, len(self.letters)) for c in form[-3:].rjust(3)]
        return [
            float(cut.fused), _log(own), _log(stem), _log(stem) - _log(own),
            _log(self.counts[no_head]), _log(self.counts[no_tail]),
            len(reach), len(whole_reach), len(tails), len(whole_tails),
            self.before_ids.get(cut.before, 0), self.after_ids.get(cut.after, 0),
            len(form), len(cut.stem), self._neighbour(form, 2), *letters,
        ]  # fmt: skip

    def _neighbour(self, form: str, n: int) -> float:
        """How common the form is with its first letters replaced by a frequent clitic."""
        return max(
            (_log(self.counts["".join(b) + form[1:]]) for b in self.clitics.before), default=0
        )

    def fit(self, examples: dict[str, float]) -> "FormSegmenter":
        """Fits on folded form -> share of its occurrences that are fused (0 to 1)."""
        forms = list(examples)
        target = np.array([examples[form] >= 0.5 for form in forms])
        self.model.fit(np.array([self._features(form) for form in forms]), target)
        return self

    def probabilities(self, forms: list[str]) -> np.ndarray:
        """Probability of being fused for each folded form; shape (len(forms),)."""
        if not forms:
            return np.zeros(0)
        return self.model.predict_proba(np.array([self._features(f) for f in forms]))[:, 1]


def _log(n: float) -> float:
    return math.log1p(n)
