"""The ``theme_counts`` component: how many persons or things move, least and greatest number.

Exact numbers give two equal bounds. What quantity words mean stands in ``numbers.yaml``: «عشرات» is
20 to 99, «عشرات الآلاف» 20,000 to 99,999, «أكثر من 500» 500 and no greatest number, «نحو ألف» ten
per cent to both sides. Where nothing is counted both bounds are null.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.resolve.lexicon import has_article, word_key
from pipeline.resolve.number_ranges import Range, modified, phrases, shared_multiplier
from pipeline.resolve.number_words import NumberWords, load_numbers, read_digits

#: Words after a number among which its modifier may stand.
AFTER = 4


@dataclass(frozen=True, slots=True)
class _Magnitude:
    least: int
    greatest: int
    multiplier: int | None
    units: bool


class CountReader:
    """Reads the count out of a noun phrase's words; see :meth:`count`."""

    def __init__(self, path: Path) -> None:
        """Reads a ``numbers.yaml``. Raises FileNotFoundError where it does not exist."""
        words, table = load_numbers(path)
        self.words: NumberWords = words
        self._magnitudes = {
            word_key(word): _Magnitude(
                row["min"], row["max"], row.get("multiplier"), row.get("units", False)
            )
            for row in table["magnitudes"]
            for word in row["words"]
        }
        self._modifiers = phrases(table["modifiers"])
        self._between = {word_key(phrase.split()[-1]) for phrase in table["between"]}
        self._to = {word_key(word) for word in table["to"]}
        self._or = {word_key(word) for word in table["or"]}
        self._and = {word_key(word) for word in table["and"]}
        self._fractions = {
            word_key(word): share for share, listed in table["fractions"].items() for word in listed
        }
        self._not_counting = {word_key(word) for word in table["not_counting"]}
        self._not_after = {word_key(word) for word in table["not_after"]}
        self._heads = {phrase[0] for phrase, _ in self._modifiers} | self._between

    def count(self, words: Sequence[str]) -> Range | None:
        """Least and greatest number that a noun phrase counts, or None where it counts nothing.

        ``words`` are its words in order, clitics split off. Of several numbers the first counts.
        """
        keys = [word_key(word) for word in words]
        for start, key in enumerate(keys):
            if key in self._magnitudes or self._opens_number(words, keys, start):
                return self._from(words, keys, start)
        return None

    def is_quantity(self, word: str) -> bool:
        """True for words that may stand before a number or are one: «نحو», «أكثر», «عشرات»."""
        key = word_key(word)
        return key in self._heads or key in self._magnitudes or self._is_number(word)

    def is_choice(self, token: Token) -> bool:
        """True for a number that «أو» joins to the one before it."""
        return self._is_number(token.norm_) and any(
            word_key(child.norm_) in self._or for child in token.lefts
        )

    def _from(self, words: Sequence[str], keys: Sequence[str], start: int) -> Range | None:
        opened = start > 0 and keys[start - 1] in self._between
        low, end = self._bounds(words, keys, start, joined=not opened)
        if low is None or not self._counts(keys, start, end):
            return None
        to = self._to | self._or | (self._and if opened else set())
        if end < len(words) and keys[end] in to:
            high, _ = self._bounds(words, keys, end + 1)
            if high is not None:
                return shared_multiplier(low, high)
        return modified(low, self._modifier(keys, start, end))

    def _counts(self, keys: Sequence[str], start: int, end: int) -> bool:
        """False for years, percentages, ages and spans of time."""
        following = keys[end : end + 2]
        percent = any(key in self._not_counting for key in following[:1]) or (
            len(following) == 2 and len(following[0]) <= 2 and following[1] in self._not_counting
        )
        return not percent and not (start and keys[start - 1] in self._not_after)

    def _opens_number(self, words: Sequence[str], keys: Sequence[str], start: int) -> bool:
        """True where a number begins: «700», «خمسون», «أحد عشر», «نصف مليون»."""
        return (
            self._is_number(words[start])
            or self.words.opens_eleven(words[start:])
            or self._is_share(keys, start)
        )

    def _is_share(self, keys: Sequence[str], start: int) -> bool:
        """«نصف مليون», «ربع مليون»; «نصف السكان» counts nothing."""
        following = keys[start + 1 : start + 2]
        return keys[start] in self._fractions and any(
            k in self.words.multipliers for k in following
        )

    def _is_number(self, word: str) -> bool:
        return self.words.value([word]) is not None

    def _bounds(
        self, words: Sequence[str], keys: Sequence[str], start: int, joined: bool = True
    ) -> tuple[tuple[float, float] | None, int]:
        """The bounds of the number at ``start``, unmodified, and the number's end.

        ``joined``: «و» may join number words to one number.
        """
        if start >= len(words):
            return None, start
        magnitude = self._magnitudes.get(keys[start])
        if magnitude is not None:
            return self._magnitude(keys, start, magnitude)
        if self._is_share(keys, start):
            value = self._fractions[keys[start]] * self.words.multipliers[keys[start + 1]]
            return (value, value), start + 2
        run, end = self._run(words, keys, start, joined)
        value = self.words.value(run)
        if value is None:
            return None, end
        share, end = self._fraction(keys, end)
        if share and run and word_key(run[-1]) in self.words.multipliers:
            value += share * self.words.multipliers[word_key(run[-1])]
        return (value, value), end

    def _magnitude(
        self, keys: Sequence[str], start: int, magnitude: _Magnitude
    ) -> tuple[tuple[float, float], int]:
        """«عشرات», «عشرات الآلاف», «بضعة آلاف», «مئات آلاف»."""
        low, high, end = magnitude.least, magnitude.greatest, start + 1
        following = self._magnitudes.get(keys[end]) if end < len(keys) else None
        factor = following.multiplier if following else None
        if factor is None and end < len(keys):
            factor = self.words.multipliers.get(keys[end])
        if factor is not None:
            greatest = high * factor + factor - 1
            return (low * factor, greatest), end + 1
        return (low, high), end

    def _fraction(self, keys: Sequence[str], at: int) -> tuple[float, int]:
        """«ونصف» after a number: the share, and where it ends."""
        if at + 1 < len(keys) and keys[at] in self._and and keys[at + 1] in self._fractions:
            return self._fractions[keys[at + 1]], at + 2
        return 0.0, at

    def _run(
        self, words: Sequence[str], keys: Sequence[str], start: int, joined: bool
    ) -> tuple[list[str], int]:
        """The number words from ``start`` without their «و», and where they end."""
        run, at = [words[start]], start + 1
        while at < len(words):
            if self._is_number(words[at]):
                run.append(words[at])
                at += 1
            elif joined and keys[at] in self._and and self._continues(words, at + 1, run[-1]):
                run.append(words[at + 1])
                at += 2
            else:
                break
        return run, at

    def _continues(self, words: Sequence[str], at: int, previous: str) -> bool:
        """True where the word after «و» goes on with the number.

        Digits begin a number of their own, but for the rest of a multiplier: «5 آلاف و200».
        """
        if at >= len(words) or not self._is_number(words[at]):
            return False
        digits = read_digits(words[at])
        return digits is None or digits < self.words.multipliers.get(word_key(previous), 0)

    def _modifier(self, keys: Sequence[str], start: int, end: int) -> str | None:
        """The modifier right before the number, or a few words after it («على الأقل»)."""
        for phrase, name in self._modifiers:
            width = len(phrase)
            before = tuple(keys[max(0, start - width) : start])
            after = {tuple(keys[at : at + width]) for at in range(end, end + AFTER)}
            if before == phrase or phrase in after:
                return name
        return None


@Language.factory(
    "theme_counts",
    default_config={"root": None, "lexicons": "lexicons"},
)
def create_theme_counts(nlp: Language, name: str, root: str | None, lexicons: str) -> ThemeCounts:
    """Component factory; ``lexicons`` is a folder relative to ``root``."""
    return ThemeCounts(Path(root or "configs") / lexicons)


class ThemeCounts:
    """Fills theme_count_min and theme_count_max of ``doc._.events``."""

    def __init__(self, lexicons: Path) -> None:
        """Reads the number words in ``lexicons``."""
        self.reader = CountReader(lexicons / "numbers.yaml")

    def __call__(self, doc: Doc) -> Doc:
        """Count the themes of ``doc``'s events; several themes of one event are added."""
        for event in doc._.events:
            counts = [self.count(theme.span) for theme in event.theme]
            known = [count for count in counts if count is not None]
            if known and len(known) == len(counts):
                event.theme_count_min = _total([count[0] for count in known])
                event.theme_count_max = _total([count[1] for count in known])
        return doc

    def count(self, span: Span) -> Range | None:
        """The count of a noun phrase; its conjuncts' counts are added.

        Where only some conjuncts are counted, the sum of these is a least number. Numbers joined
        by «أو» are the least and the greatest («أربعة أو خمسة»: 4 to 5)::

            أربعة -conj-> خمسة -cc-> أو
        """
        counts = [self._count_one(part) for part in _conjuncts(span, self.reader.is_choice)]
        known = [count for count in counts if count is not None]
        if not known:
            return None
        low = _total([count[0] for count in known])
        high = _total([count[1] for count in known]) if len(known) == len(counts) else None
        return low, high

    def _count_one(self, part: Span) -> Range | None:
        """The number of one conjunct, or two where its head is a dual."""
        head = part.root
        counting = [token.norm_ for token in part if self._may_count(token, head)]
        found = self.reader.count(counting)
        if found is not None:
            return found
        if "Dual" in head.morph.get("Number", []) and head.pos_ in {"NOUN", "ADJ"}:
            return 2, 2
        return None

    def _may_count(self, token: Token, head: Token) -> bool:
        """Numbers stand before the head, or after a quantity word as head («أكثر من 100»).

        «اللواء 104» has a number of another kind; «الضباط الثلاثة» counts.
        """
        if token.is_space:
            return False
        if token.i <= head.i or self.reader.is_quantity(head.norm_):
            return True
        return token.i == head.i + 1 and has_article(token.norm_)


def _conjuncts(span: Span, is_choice: Callable[[Token], bool]) -> list[Span]:
    """The span cut before each conjunct of its head that brings its own phrase, but no choice."""
    head = span.root
    inside = [
        t
        for t in head.conjuncts
        if span.start <= t.i < span.end and t.i > head.i and not is_choice(t)
    ]
    starts = [span.start, *sorted(max(token.left_edge.i, span.start) for token in inside)]
    ends = [*starts[1:], span.end]
    return [span.doc[a:b] for a, b in zip(starts, ends, strict=True) if a < b]


def _total(bounds: list[int | None]) -> int | None:
    if any(bound is None for bound in bounds):
        return None
    return sum(bound for bound in bounds if bound is not None)
