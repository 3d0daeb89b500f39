from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.metrics import Sheet, Tally, context, distance_km, match, overlap
from pipeline.records import Span

TEXT = "Gunmen shot a guard in Zalin and fled towards the hills."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), text=words)


def test_metrics_tally_gives_precision_recall_and_f1() -> None:
    tally = Tally(tp=6, fp=2, fn=4)
    assert tally.precision == 0.75
    assert tally.recall == 0.6
    assert tally.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_metrics_tally_of_nothing_is_none_and_not_perfect() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (None, None, None)


def test_metrics_tallies_add_up_by_counts_not_by_means() -> None:
    assert (Tally(tp=9, fn=1) + Tally(fn=1, fp=1)).recall == 9 / 11


def test_metrics_spans_that_touch_do_not_overlap() -> None:
    assert overlap(Span(start=0, end=3, text="abc"), Span(start=2, end=4, text="cd"))
    assert not overlap(Span(start=0, end=3, text="abc"), Span(start=3, end=4, text="d"))


def test_metrics_match_takes_the_heavier_pair() -> None:
    weights = {("a", "x"): 1.0, ("a", "y"): 2.0}
    assert match(["a"], ["x", "y"], lambda g, p: weights[g, p]) == [(0, 1)]


def test_metrics_match_gives_up_a_heavy_pair_for_one_pair_more() -> None:
    weights = {("a", "x"): 5.0, ("a", "y"): 1.0, ("b", "x"): 4.0, ("b", "y"): 0.0}
    assert match(["a", "b"], ["x", "y"], lambda g, p: weights[g, p]) == [(0, 1), (1, 0)]


@given(st.lists(st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.0]), min_size=4, max_size=4), max_size=4))
def test_metrics_match_is_one_to_one_and_as_large_as_can_be(weights: list[list[float]]) -> None:
    pairs = match(range(len(weights)), range(4), lambda g, p: weights[g][p])
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(weights[i][j] > 0 for i, j in pairs)
    best = max(sum(weights[i][j] > 0 for i, j in enumerate(order[: len(weights)])) for order in permutations(range(4)))
    assert len(pairs) == best


def test_metrics_slot_counts_a_wrong_value_as_made_up_and_missed() -> None:
    sheet = Sheet("a", TEXT)
    sheet.slot("events.type", span("shot"), "attack", "arrest")
    assert sheet.tallies["events.type"] == Tally(tp=0, fp=1, fn=1)
    assert [mistake.kind for mistake in sheet.mistakes] == ["wrong"]


def test_metrics_slot_that_neither_side_fills_counts_for_nothing() -> None:
    sheet = Sheet("a", TEXT)
    sheet.slot("events.date", span("shot"), None, None)
    assert sheet.tallies == {}


@pytest.mark.parametrize(
    ("gold", "predicted", "tally", "kind"),
    [("Zalin", None, Tally(fn=1), "missed"), (None, "Zalin", Tally(fp=1), "false alarm")],
)
def test_metrics_slot_that_one_side_fills_is_missed_or_made_up(
    gold: str | None, predicted: str | None, tally: Tally, kind: str
) -> None:
    sheet = Sheet("a", TEXT)
    sheet.slot("events.place", span("shot"), gold, predicted)
    assert sheet.tallies["events.place"] == tally
    assert [mistake.kind for mistake in sheet.mistakes] == [kind]


def test_metrics_slot_takes_the_callers_verdict_over_equality() -> None:
    sheet = Sheet("a", TEXT)
    sheet.slot("events.attribution", span("shot"), "the police", "police", right=True)
    assert sheet.tallies["events.attribution"] == Tally(tp=1)


def test_metrics_mistake_shows_the_words_and_the_text_around_them() -> None:
    sheet = Sheet("a", TEXT)
    sheet.miss("places.found", span("Zalin"), "Zalin")
    assert str(sheet.mistakes[0]) == (
        "a:23 places.found missed: gold 'Zalin'\n    Gunmen shot a guard in [[Zalin]] and fled towards the hills."
    )


def test_metrics_context_is_cut_and_stays_on_one_line() -> None:
    text = "first line\nsecond line with the word in it\nthird line"
    start = text.index("word")
    assert context(text, Span(start=start, end=start + 4, text="word"), 9) == "…with the [[word]] in it th…"


def test_metrics_distance_between_aleppo_and_damascus() -> None:
    assert distance_km(36.20, 37.16, 33.51, 36.29) == pytest.approx(310, abs=3)


def test_metrics_distance_across_the_date_line_is_short() -> None:
    assert distance_km(0.0, 179.9, 0.0, -179.9) == pytest.approx(22.2, abs=0.1)
