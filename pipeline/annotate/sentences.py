"""Where to cut sentences that are too long for the parser."""

from collections.abc import Sequence

from pipeline.orthography import COMMAS, FULL_STOPS, SEMICOLONS

#: Marks to cut after where no full stop is near, in falling order of preference.
_SEMICOLONS = SEMICOLONS | {":"}
_COMMAS = COMMAS | {"-", "–"}
CLOSERS = frozenset("\"'»”’)]")


def cut_points(tokens: Sequence[str], longest: int, split_from: int) -> list[int]:
    """The token numbers at which new sentences begin, without 0.

    A sentence of more than ``split_from`` tokens is cut after every full stop in it; what is then
    longer than ``longest`` is cut after the last semicolon, comma, or token that leaves a part of
    at most ``longest``.
    """
    if len(tokens) <= split_from:
        return []
    starts = [0]
    for i in range(1, len(tokens)):
        if _follows(tokens, i, FULL_STOPS) and tokens[i] not in CLOSERS | FULL_STOPS:
            starts.append(i)
    cuts: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        cuts.append(start)
        while end - start > longest:
            start = _forced_cut(tokens, start, start + longest)
            cuts.append(start)
    return cuts[1:]


def _follows(tokens: Sequence[str], i: int, marks: frozenset[str]) -> bool:
    """Whether token ``i`` comes after one of the marks, closing quotes and brackets skipped."""
    i -= 1
    while i > 0 and tokens[i] in CLOSERS:
        i -= 1
    return tokens[i] in marks


def _forced_cut(tokens: Sequence[str], start: int, limit: int) -> int:
    for marks in (_SEMICOLONS, _COMMAS):
        for i in range(limit, start + 1, -1):
            if tokens[i - 1] in marks:
                return i
    return limit
