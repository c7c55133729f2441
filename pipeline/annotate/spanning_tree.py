"""The best dependency tree over arc scores, in quadratic time.

Stanza's parser decodes with a Chu-Liu-Edmonds that copies the score matrix for each cycle and
searches for cycles in Python: for sentences of news length that takes longer than the network.
This is the same maximum, by R. E. Tarjan's algorithm for dense graphs ("Finding optimum
branchings", Networks 7, 1977) with the root arcs weighted as Stanza weights them (Stanojević and
Cohen, "A Root of a Problem", EMNLP 2021).
"""

import numpy as np
from numpy.typing import NDArray

_ROOT, _NEVER = 0, -1


def best_tree(scores: NDArray[np.floating]) -> NDArray[np.intp]:
    """Heads of all nodes in the maximum spanning tree with one arc from the root.

    ``scores[d, h]`` is the score of ``h`` as head of ``d``; node 0 is the root. The result has
    a head for each node, and 0 for the root itself.
    """
    weights = scores.astype(np.float64)
    size = len(weights)
    lowest = weights[np.isfinite(weights)].min()
    weights[:, _ROOT] += lowest * size  # a second arc from the root never pays
    np.fill_diagonal(weights, -np.inf)
    heads = weights.argmax(axis=1)
    heads[_ROOT] = _ROOT
    if size < 2 or _is_tree(heads.tolist()):
        return heads
    return _contract(weights)


def _is_tree(heads: list[int]) -> bool:
    """Whether every node leads to the root."""
    seen = [False] * len(heads)
    seen[_ROOT] = True
    for node in range(1, len(heads)):
        path = []
        while not seen[node]:
            seen[node] = True
            path.append(node)
            node = heads[node]
        if path and node != _ROOT and node in path:
            return False
    return True


def _contract(weights: NDArray[np.float64]) -> NDArray[np.intp]:
    """Grow paths of best arcs; where a path closes a cycle, make the cycle one node.

    A cycle's row holds, for each head, the gain of entering there instead of going round;
    ``entered[c]`` says which member each head enters.
    """
    size = len(weights)
    rows: list[NDArray[np.float64]] = list(weights)
    entered: list[NDArray[np.intp] | None] = [None] * size
    parent: list[int] = [_NEVER] * size  # the cycle that took a node in
    arc: list[int] = [_NEVER] * size  # best head (an original node) of each node
    members: list[NDArray[np.intp]] = [np.array([node]) for node in range(size)]
    owner = list(range(size))  # the outermost node around each original node
    finished = [False] * (2 * size)
    finished[_ROOT] = True
    for start in range(1, size):
        path: list[int] = []
        on_path: set[int] = set()
        node = owner[start]
        while not finished[node]:
            path.append(node)
            on_path.add(node)
            head = int(rows[node].argmax())
            arc[node] = head
            above = owner[head]
            if above not in on_path:
                node = above
                continue
            place = path.index(above)
            cycle = path[place:]
            del path[place:]
            on_path.difference_update(cycle)
            gains = np.stack([rows[c] - rows[c][arc[c]] for c in cycle])
            choice = gains.argmax(axis=0)
            row = gains[choice, np.arange(size)]
            inside = np.concatenate([members[c] for c in cycle])
            row[inside] = -np.inf
            node = len(rows)
            rows.append(row)
            entered.append(np.array(cycle)[choice])
            parent.append(_NEVER)
            arc.append(_NEVER)
            members.append(inside)
            for c in cycle:
                parent[c] = node
            for original in inside.tolist():
                owner[original] = node
        for node in path:
            finished[node] = True
    # From the outermost cycle inwards: the member where a cycle is entered takes its arc.
    for cycle_node in range(len(rows) - 1, size - 1, -1):
        choice_of = entered[cycle_node]
        assert choice_of is not None
        arc[choice_of[arc[cycle_node]]] = arc[cycle_node]
    arc[_ROOT] = _ROOT
    return np.array(arc[:size])
