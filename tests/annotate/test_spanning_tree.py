"""The quadratic decoder against Stanza's own."""

import numpy as np
import pytest
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

from pipeline.annotate.spanning_tree import best_tree


@pytest.mark.parametrize("seed", range(8))
def test_same_trees_as_stanza(seed: int) -> None:
    random = np.random.default_rng(seed)
    for size in range(2, 30):
        scores = random.normal(size=(size, size)) * 3
        if seed % 2:  # neighbours that want each other: many cycles
            for node in range(1, size):
                scores[node, max(0, min(size - 1, node + random.choice([-1, 1])))] += 6
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        np.fill_diagonal(scores, -np.inf)
        assert best_tree(scores).tolist() == list(chuliu_edmonds_one_root(scores))


def test_one_root_even_where_all_want_it() -> None:
    scores = np.full((4, 4), -5.0)
    scores[:, 0] = -0.1
    assert best_tree(scores).tolist()[1:].count(0) == 1
