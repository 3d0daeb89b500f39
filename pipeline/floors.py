"""Floors: figures that may not fall, pinned beside the hash of the gold that they were measured on.

``floors.json`` of a corpus folder::

    {"gold": "<sha256>", "floors": {"all": {"sentences.spans": 1.0, ...}, "<article id>": {...}}}

An article named there has floors of its own. Figures are F1, rounded to four digits. Floors of linking are in
``links/floors.json``, beside the cases that they were measured on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import GoldError

ALL = "all"
FLOORS_NAME = "floors.json"
_PIN = "dateline evaluate --pin"
Figures = Mapping[str, Mapping[str, float]]


class Measured(Protocol):
    """What is held against floors: an evaluation, or the :class:`~pipeline.link.cases.LinkResult` of linking."""

    @property
    def gold(self) -> str: ...
    @property
    def failures(self) -> Mapping[str, str]: ...
    def f1(self) -> Figures: ...


class Floors(BaseModel):
    """Pinned F1 by scope (:data:`ALL` or an article's id) and figure, and the hash of the gold."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    gold: str
    floors: dict[str, dict[str, float]]

    @property
    def own(self) -> tuple[str, ...]:
        """The articles that have floors of their own."""
        return tuple(name for name in self.floors if name != ALL)


def read_floors(corpus: Path) -> Floors | None:
    """The floors of a corpus folder; ``None`` where none are pinned.

    Raises:
        GoldError: ``floors.json`` is malformed.
    """
    path = corpus / FLOORS_NAME
    if not path.is_file():
        return None
    try:
        return Floors.model_validate_json(path.read_text("utf-8"))
    except ValidationError as error:
        raise GoldError(f"{path} is malformed: {error.errors()[0]['msg']}; restore it, or pin anew") from error


def falls(figures: Figures, floors: Figures) -> list[str]:
    """A line for every figure that is below its floor or is no longer measured."""
    lines = []
    for scope, pinned in floors.items():
        for figure, floor in pinned.items():
            now = figures.get(scope, {}).get(figure)
            if now is None:
                lines.append(f"{scope}: {figure} is no longer measured; its floor is {floor}")
            elif now < floor:
                lines.append(f"{scope}: {figure} fell to {now}; its floor is {floor}")
    return lines


def check_floors(evaluation: Measured, floors: Floors | None, *, pin: str = _PIN) -> list[str]:
    """Why the gate is closed, a line per reason; empty when it is open. ``pin`` is the command that pins floors."""
    problems = [f"{id_} failed: {why}" for id_, why in evaluation.failures.items()]
    if floors is None:
        return [*problems, f"no floors are pinned; pin them with: {pin}"]
    if floors.gold != evaluation.gold:
        problems.append(
            f"the gold changed ({floors.gold[:12]} to {evaluation.gold[:12]}), so its floors no longer stand for it; "
            f"read the changes, then pin anew with: {pin}"
        )
    return problems + falls(evaluation.f1(), floors.floors)


def pin_floors(evaluation: Measured, corpus: Path, *, allow_lower: bool = False) -> list[str]:
    """Write ``floors.json`` with the figures of an evaluation; returns a line for every floor that is new or moved.

    Raises:
        GoldError: an article failed, or a floor would fall and ``allow_lower`` is not given; nothing is written then.
    """
    if evaluation.failures:
        raise GoldError(f"nothing pinned: {', '.join(evaluation.failures)} failed")
    old = read_floors(corpus)
    now = evaluation.f1()
    lower = falls(now, old.floors) if old else []
    if lower and not allow_lower:
        raise GoldError("\n".join(["nothing pinned, since floors would fall (--allow-lower lets them):", *lower]))
    before = old.floors if old else {}
    moved = list(lower)
    for scope, figures in now.items():
        for figure, value in figures.items():
            floor = before.get(scope, {}).get(figure)
            if floor is None or value > floor:
                moved.append(f"{scope}: {figure} {'new' if floor is None else floor} -> {value}")
    content = json.dumps({"gold": evaluation.gold, "floors": now}, indent=2) + "\n"
    path = corpus / FLOORS_NAME
    partial = path.with_suffix(".json.partial")
    partial.write_text(content, encoding="utf-8")
    partial.replace(path)
    return moved
