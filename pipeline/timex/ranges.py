"""Ranges of days, and the arithmetic of weeks, months and years on them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.records import DatePrecision
from pipeline.timex.lexer import UNITS


class Range(NamedTuple):
    """Days ``first`` to ``last``, both included, and the unit that the words name."""

    first: date
    last: date
    precision: DatePrecision


def day_range(first: date, last: date | None = None) -> Range:
    """A day, or all days from ``first`` to ``last``."""
    return Range(first, last or first, "day")


def month_range(year: int, month: int, portion: int = 0) -> Range:
    """A month or its early (1), mid (2) or late (3) third."""
    length = monthrange(year, month)[1]
    first, last = ((1, length), (1, 10), (11, 20), (21, length))[portion]
    return Range(date(year, month, first), date(year, month, last), "month")


def year_range(year: int, portion: int = 0, *, last: int | None = None) -> Range:
    """A year, several years up to ``last``, or a third of one year."""
    first_month, last_month = ((1, 12), (1, 4), (5, 8), (9, 12))[portion]
    end = last or year
    return Range(date(year, first_month, 1), date(end, last_month, monthrange(end, last_month)[1]), "year")


def week_range(day: date, portion: int = 0) -> Range:
    """The week, Monday to Sunday, that holds a day."""
    monday = day - timedelta(days=day.weekday())
    first, last = ((0, 6), (0, 1), (2, 3), (4, 6))[portion]
    return Range(monday + timedelta(days=first), monday + timedelta(days=last), "week")


PRECISION: dict[str, DatePrecision] = {
    "hour": "day",
    "day": "day",
    "weekend": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "year": "year",
}
_COARSENESS = {"day": 0, "week": 1, "month": 2, "year": 3}


def months_from(day: date, step: int) -> tuple[int, int]:
    """Year and month that lie ``step`` months from a day's."""
    months = day.year * 12 + day.month - 1 + step
    return months // 12, months % 12 + 1


def seek(day: date, weekday: int, step: int) -> date:
    """The nearest such weekday strictly after (``step`` 1) or before (-1) a day; the day's own week for 0."""
    if step == 0:
        return day - timedelta(days=day.weekday() - weekday)
    distance = (weekday - day.weekday()) * step % 7 or 7
    return day + timedelta(days=distance * step)


def season_range(year: int, month: int) -> Range:
    """The three months of the season that begins in ``month``, by the seasons of the northern half of the earth."""
    return Range(date(year, month, 1), month_range(*months_from(date(year, month, 1), 2)).last, "month")


def shift(anchor: Range, step: int, unit: int) -> Range | None:
    """``step`` units from an anchor; ``None`` where the anchor is coarser than the unit."""
    name = UNITS[unit]
    precision = PRECISION.get(name)
    if precision is None or _COARSENESS[anchor.precision] > _COARSENESS[precision]:
        return None
    if name == "hour":
        return anchor if abs(step) < 12 else day_range(anchor.first + timedelta(days=round(step / 24)))
    if name == "day":
        return day_range(anchor.first + timedelta(days=step), anchor.last + timedelta(days=step))
    if precision == "week":
        return week_range(anchor.first + timedelta(days=step * (14 if name == "fortnight" else 7)))
    if name == "month":
        return month_range(*months_from(anchor.first, step))
    if name == "year":
        return year_range(anchor.first.year + step)
    return None
