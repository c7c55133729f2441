"""Where to cut a fused token so that its pieces concatenate to what is written."""

from functools import lru_cache


def split_surface(surface: str, words: tuple[str, ...]) -> list[int]:
    """The lengths of the pieces of ``surface`` that stand for the syntactic ``words``.

    Pieces that are written as the words are found as such; where the words do not concatenate
    (للعراق = ل + العراق) the cut with the fewest letters changed wins, the earliest cut on a tie.
    The lengths add up to ``len(surface)``. Every piece has a letter as long as there are letters
    enough; words without one have length 0.

    >>> split_surface("للعراق", ("ل", "العراق"))
    [1, 5]
    """
    if "".join(words) == surface:
        return [len(word) for word in words]
    if len(words) > len(surface):
        return [1] * len(surface) + [0] * (len(words) - len(surface))
    return list(_cheapest_cut(surface, words))


@lru_cache(maxsize=1 << 14)
def _cheapest_cut(surface: str, words: tuple[str, ...]) -> tuple[int, ...]:
    """Dynamic programming over cut positions; cost is the letters changed in all pieces."""
    size = len(surface)
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for k, word in enumerate(words):
        left = len(words) - k - 1  # words still to come, each needs a letter
        row: dict[int, tuple[int, tuple[int, ...]]] = {}
        for start, (cost, lengths) in best.items():
            ends = range(start + 1, size - left + 1) if left else (size,)
            for end in ends:
                total = cost + _letters_changed(surface[start:end], word)
                if end not in row or total < row[end][0]:
                    row[end] = (total, (*lengths, end - start))
        best = row
    return best[size][1]


def _letters_changed(piece: str, word: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(word) + 1))
    for i, a in enumerate(piece, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(word, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
