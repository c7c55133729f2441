"""Scores of event clusters worked out by hand, and the gold articles that they are taken on."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from spacy.lang.ar import Arabic
from spacy.tokens import Doc

from pipeline.evaluate.clusters import (
    ClusterScores,
    Mention,
    f1,
    mentions_of,
    read_clusters,
)
from pipeline.evaluate.gold import GoldError
from pipeline.evaluate.resolution_table import cluster_table
from pipeline.events import Event

GOLD = sorted((Path(__file__).parents[1] / "gold").glob("clusters_*.jsonl"))


def scored(gold, predicted):
    """Scores of one article; a letter a trigger names its event and its predicted cluster."""
    scores = ClusterScores()
    both = enumerate(zip(gold, predicted, strict=True))
    scores.add([Mention(str(n), n, g, p) for n, (g, p) in both], "a")
    return scores


def test_scores_by_hand():
    """Gold {0 1 2} {3} {4 5}, predicted {0 1} {2 3} {4} {5}.

    Pairs: gold 01 02 12 45, predicted 01 23, right 01.
    B³ precision: 1, 1, 1/2, 1/2, 1, 1; recall: 2/3, 2/3, 1/3, 1, 1/2, 1/2.
    """
    scores = scored("aaabcc", "xxyyzw")
    assert (scores.gold_pairs, scores.predicted_pairs, scores.right_pairs) == (4, 2, 1)
    assert (scores.pair_precision, scores.pair_recall) == (0.5, 0.25)
    assert scores.b_cubed_precision == pytest.approx(5 / 6)
    assert scores.b_cubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 / 2 + 1 / 2) / 6)
    wrong = {(kind, one[0], other[0]) for kind, one, other, _ in scores.errors}
    assert wrong == {
        ("joined", "2", "3"),
        ("not joined", "0", "2"),
        ("not joined", "1", "2"),
        ("not joined", "4", "5"),
    }


@pytest.mark.parametrize(
    ("gold", "predicted", "precision", "recall"),
    [("aab", "xxy", 1.0, 1.0), ("aaa", "xyz", 1.0, 1 / 3), ("abc", "xxx", 1 / 3, 1.0)],
)
def test_b_cubed_of_all_right_all_apart_and_all_joined(gold, predicted, precision, recall):
    scores = scored(gold, predicted)
    assert scores.b_cubed_precision == pytest.approx(precision)
    assert scores.b_cubed_recall == pytest.approx(recall)


def test_articles_are_not_joined_with_each_other():
    scores = ClusterScores()
    for _ in range(2):
        scores.add([Mention("t", 0, 1, "c")], "a")
    assert (scores.gold_pairs, scores.predicted_pairs, scores.mentions) == (0, 0, 2)


def test_only_triggers_that_both_have_are_scored(tmp_path):
    file = tmp_path / "gold.jsonl"
    events = [{"trigger": ["وصل", n], "cluster": 1} for n in range(2)]
    row = {"id": "a", "published": None, "text": "وصل ثم وصل ثم عاد", "events": events}
    file.write_text(json.dumps(row), encoding="utf-8")
    (case,) = read_clusters(file)
    doc = Doc(Arabic().vocab, words=case.article.text.split())
    doc._.events = [
        Event(doc[at : at + 1], "arrived", "finite", "test", cluster_id=str(at)) for at in (2, 4)
    ]
    assert mentions_of(case, doc) == [Mention("وصل", 7, 1, "2")]


@pytest.mark.parametrize("line", ["{", "{}", '{"id": 1, "text": ""}'])
def test_a_line_that_is_no_case_is_refused_with_its_place(tmp_path, line):
    file = tmp_path / "gold.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold\.jsonl:1"):
        read_clusters(file)


@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.stem)
def test_each_article_of_the_gold_has_a_pair_to_join_or_to_keep_apart(file):
    cases = read_clusters(file)
    assert len({case.article.text for case in cases}) == len(cases) == 24
    for case in cases:
        triggers = sorted(case.clusters)
        assert len(triggers) >= 2
        assert all(end <= start for (_, end), (start, _) in pairwise(triggers))
        assert len(set(case.clusters.values())) > 1


def test_the_table_has_a_line_a_file():
    assert cluster_table({"a": scored("aab", "xxy"), "b": ClusterScores()}).row_count == 2


def test_f1_of_nothing_is_zero():
    assert f1(0.0, 0.0) == 0.0
    assert f1(0.5, 1.0) == pytest.approx(2 / 3)
