from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.errors import GoldError
from pipeline.floors import Floors, check_floors, pin_floors, read_floors


@dataclass
class Figures:
    """An evaluation as the gate sees it."""

    figures: dict[str, dict[str, float]]
    gold: str = "abc"
    failures: dict[str, str] = field(default_factory=dict)

    def f1(self) -> dict[str, dict[str, float]]:
        return self.figures


PINNED = Floors(gold="abc", floors={"all": {"places.id": 0.8, "dates.found": 0.9}, "seed": {"places.id": 1.0}})


def figures(**changed: float) -> Figures:
    return Figures({"all": {"places.id": 0.8, "dates.found": 0.9} | changed, "seed": {"places.id": 1.0}})


def test_floors_gate_is_open_at_and_above_the_floor() -> None:
    assert check_floors(figures(), PINNED) == []
    assert check_floors(figures(**{"places.id": 0.95}), PINNED) == []


def test_floors_gate_is_closed_by_a_fall_and_names_figure_value_and_floor() -> None:
    assert check_floors(figures(**{"places.id": 0.7999}), PINNED) == ["all: places.id fell to 0.7999; its floor is 0.8"]


def test_floors_gate_is_closed_by_a_fall_of_an_article_with_its_own_row() -> None:
    now = Figures(figures().figures | {"seed": {"places.id": 0.5}})
    assert check_floors(now, PINNED) == ["seed: places.id fell to 0.5; its floor is 1.0"]


def test_floors_gate_is_closed_by_a_figure_that_is_gone() -> None:
    now = Figures({"all": {"places.id": 0.8}, "seed": {"places.id": 1.0}})
    assert check_floors(now, PINNED) == ["all: dates.found is no longer measured; its floor is 0.9"]


def test_floors_gate_is_closed_by_changed_gold_though_no_figure_fell() -> None:
    now = figures()
    now.gold = "def"
    assert ["gold changed" in problem for problem in check_floors(now, PINNED)] == [True]


def test_floors_gate_is_closed_by_an_article_that_failed() -> None:
    now = figures()
    now.failures = {"seed": "StageError: stage 'dates'"}
    assert check_floors(now, PINNED) == ["seed failed: StageError: stage 'dates'"]


def test_floors_gate_without_floors_says_how_to_pin_them() -> None:
    assert check_floors(figures(), None) == ["no floors are pinned; pin them with: dateline evaluate --pin"]


def test_floors_pinned_are_read_back_and_open_the_gate(tmp_path: Path) -> None:
    moved = pin_floors(figures(), tmp_path)
    assert moved[0] == "all: places.id new -> 0.8"
    floors = read_floors(tmp_path)
    assert floors == PINNED
    assert floors is not None
    assert floors.own == ("seed",)
    assert check_floors(figures(), floors) == []
    assert [path.name for path in tmp_path.iterdir()] == ["floors.json"]


def test_floors_rise_is_pinned_without_a_flag(tmp_path: Path) -> None:
    pin_floors(figures(), tmp_path)
    assert pin_floors(figures(**{"places.id": 0.9}), tmp_path) == ["all: places.id 0.8 -> 0.9"]


def test_floors_fall_is_pinned_only_where_it_is_allowed(tmp_path: Path) -> None:
    pin_floors(figures(), tmp_path)
    lower = figures(**{"places.id": 0.7})
    with pytest.raises(GoldError, match=r"places\.id fell to 0\.7"):
        pin_floors(lower, tmp_path)
    assert read_floors(tmp_path) == PINNED
    assert pin_floors(lower, tmp_path, allow_lower=True) == ["all: places.id fell to 0.7; its floor is 0.8"]
    assert check_floors(lower, read_floors(tmp_path)) == []


def test_floors_are_not_pinned_on_an_evaluation_with_failures(tmp_path: Path) -> None:
    failed = figures()
    failed.failures = {"seed": "out of memory"}
    with pytest.raises(GoldError, match="seed failed"):
        pin_floors(failed, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_floors_file_with_an_unknown_key_is_malformed(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text(json.dumps({"gold": "abc", "floors": {}, "slack": 1}), encoding="utf-8")
    with pytest.raises(GoldError, match=r"floors\.json is malformed"):
        read_floors(tmp_path)


def test_floors_of_a_folder_without_any_are_none(tmp_path: Path) -> None:
    assert read_floors(tmp_path) is None
