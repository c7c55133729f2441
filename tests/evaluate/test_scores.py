"""Scores of hand-made annotation and predictions, worked out by hand."""

import pytest

from pipeline.evaluate.frames import Frame
from pipeline.evaluate.matching import match_role, match_triggers, spans_match
from pipeline.evaluate.scores import Counts, by_key, compare, total


def frame(trigger, action="moved", factuality="asserted", **roles):
    return Frame(trigger, action, {k: tuple(v) for k, v in roles.items()}, factuality)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((0, 10), (5, 10), True),  # all of the shorter
        ((0, 10), (8, 12), True),  # 2 of 4: exactly half
        ((0, 10), (9, 13), False),  # 1 of 4
        ((0, 10), (10, 14), False),  # adjacent
        ((3, 4), (3, 4), True),
    ],
)
def test_partial_match_needs_half_of_the_shorter_span(first, second, expected):
    assert spans_match(first, second) is expected
    assert spans_match(second, first) is expected


def test_each_gold_trigger_is_matched_once():
    gold = [frame((0, 5))]
    predicted = [frame((0, 2)), frame((3, 5))]
    assert len(match_triggers(gold, predicted)) == 1


def test_the_assignment_with_most_matches_wins():
    # The first prediction overlaps both annotations, the second only the first.
    gold = [frame((0, 6)), frame((6, 9))]
    predicted = [frame((1, 8)), frame((0, 1))]
    assert match_triggers(gold, predicted) == [(0, 1), (1, 0)]


def test_a_shared_action_decides_between_predictions_on_one_trigger():
    gold = [frame((0, 5), "sent")]
    predicted = [frame((0, 5), "moved"), frame((0, 5), "sent")]
    assert match_triggers(gold, predicted) == [(0, 1)]


def test_coordinated_themes_split_by_the_prediction_count_once():
    gold = frame((0, 4), theme=[(5, 25)])
    predicted = frame((0, 4), theme=[(5, 14), (16, 25)])
    match = match_role(gold, predicted, "theme")
    assert (len(match.gold), len(match.predicted), len(match.pairs)) == (1, 1, 1)


def test_a_filler_outside_the_coordination_counts_as_false():
    gold = frame((0, 4), theme=[(5, 14)])
    predicted = frame((0, 4), theme=[(5, 14), (16, 25)])
    match = match_role(gold, predicted, "theme")
    assert (len(match.gold), len(match.predicted), len(match.pairs)) == (1, 2, 1)


def test_one_span_over_two_places_matches_one_of_them():
    gold = frame((0, 4), destination=[(5, 10), (12, 17)])
    predicted = frame((0, 4), destination=[(5, 17)])
    match = match_role(gold, predicted, "destination")
    assert (len(match.gold), len(match.predicted), len(match.pairs)) == (2, 1, 1)


def test_a_place_split_in_two_matches_once():
    gold = frame((0, 4), destination=[(5, 20)])
    predicted = frame((0, 4), destination=[(5, 10), (12, 20)])
    match = match_role(gold, predicted, "destination")
    assert (len(match.gold), len(match.predicted), len(match.pairs)) == (1, 2, 1)


def test_an_antecedent_outside_the_line_is_neither_right_nor_wrong():
    gold = Frame((50, 54), "visited", {}, elsewhere={"theme": ((0, 6),)})
    match = match_role(gold, frame((50, 54), "visited", theme=[(0, 6)]), "theme")
    assert (match.gold, match.predicted) == ((), ())
    match = match_role(gold, frame((50, 54), "visited", theme=[(20, 26)]), "theme")
    assert match.predicted == (((20, 26),),)


def test_scores_by_hand():
    """Three annotations, three predictions: one wholly right, one wrong in part, one false.

    gold 1 sent: agent, theme, two destinations; predicted with one of the destinations.
    gold 2 fled: theme, destination; predicted as *moved* with another theme, factuality wrong.
    gold 3 left: theme; missed. Prediction 3 stands on no trigger, with a theme and a destination.
    """
    gold = [
        frame((0, 4), "sent", agent=[(5, 10)], theme=[(11, 20)], destination=[(25, 30), (32, 37)]),
        frame(
            (40, 44),
            "fled",
            "planned",
            theme=[(45, 50)],
            destination=[(55, 60)],
            attribution=[(90, 95)],
        ),
        frame((70, 74), "left", theme=[(75, 80)]),
    ]
    predicted = [
        frame((0, 4), "sent", agent=[(5, 10)], theme=[(11, 20)], destination=[(25, 30)]),
        frame(
            (40, 44),
            "moved",
            theme=[(61, 66)],
            destination=[(55, 60)],
            attribution=[(96, 99)],
        ),
        frame((100, 104), "moved", theme=[(105, 110)], destination=[(111, 115)]),
    ]
    scores = total(compare(gold, predicted))
    expected = {
        "trigger": Counts(3, 3, 2),
        "trigger+action": Counts(3, 3, 1),
        "actor": Counts(3, 3, 1),
        "agent": Counts(1, 1, 1),
        "theme": Counts(3, 3, 1),
        "destination": Counts(3, 3, 2),
        "triple": Counts(3, 3, 1),
        "attribution": Counts(1, 1, 0),
    }
    assert {measure: scores.counts[measure] for measure in expected} == expected
    assert scores.factuality == Counts(2, 2, 1)
    assert scores.counts["trigger"].f1 == pytest.approx(2 / 3)
    assert scores.counts["triple"].precision == pytest.approx(1 / 3)


def test_the_actor_is_the_theme_where_there_is_no_agent():
    gold = [frame((0, 4), theme=[(5, 10)], destination=[(20, 25)])]
    right = [frame((0, 4), theme=[(5, 10)], destination=[(20, 25)])]
    wrong = [frame((0, 4), agent=[(11, 15)], theme=[(5, 10)], destination=[(20, 25)])]
    assert total(compare(gold, right)).counts["triple"].right == 1
    scores = total(compare(gold, wrong))
    assert (scores.counts["theme"].right, scores.counts["actor"].right) == (1, 0)
    assert scores.counts["triple"].right == 0


def test_an_event_without_participants_has_no_triple():
    scores = total(compare([frame((0, 4), destination=[(5, 10)])], []))
    assert scores.counts["trigger"].gold == 1
    assert scores.counts["triple"].gold == 0


def test_attribution_and_factuality_count_over_matched_triggers_only():
    scores = total(compare([frame((0, 4), attribution=[(5, 10)])], []))
    assert scores.counts["attribution"].gold == 0
    assert scores.factuality.gold == 0


def test_breakdown_by_action():
    gold = [frame((0, 4), "sent"), frame((10, 14), "fled")]
    groups = by_key(compare(gold, [frame((0, 4), "sent")]), lambda item: item.gold.action)
    assert {name: scores.counts["trigger"].right for name, scores in groups.items()} == {
        "fled": 0,
        "sent": 1,
    }
