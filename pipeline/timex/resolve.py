"""Date expressions into ranges of days: relative to the date of publication, or to the dates that stand before them.

A range has the precision of the unit that the words name: "late last month" speaks of a month, though its first and
last day are narrower. Early, mid and late are the thirds of their unit. What cannot be resolved stays ``None``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Literal, NamedTuple

from pipeline.records import DatePrecision
from pipeline.timex.grammar import Timex
from pipeline.timex.lexer import UNITS

Tense = Literal["past", "future"]
TenseOf = Callable[[int, int], Tense | None]
_HEDGE = re.compile(r"(?:than|over|least|nearly|almost|under|some)\s+\Z")
_STAMP = re.compile(r"(?:published|posted|updated|filed|dated?)\s*(?:on|at|:|-)?\s*\Z", re.IGNORECASE)
_DATELINE_END = re.compile(r"\s*(?:\([^()\n]{2,40}\)\s*)?(?:--|—|–|-\s|:|\[|\()")
_DATELINE_START = re.compile(r"(?:\A|\n)[ \t]*[A-Z][^\n]{1,60}?[,\-–—(]\s*\Z")
# A dateline stands within this many characters from the start of its article.
_DATELINE_REACH = 300
# An expression this many characters behind "two days before" is what it counts from.
_NEXT_TO = 8
# A year on its own lends itself to a day and month that follow within this many characters.
_YEAR_REACH = 120


class Range(NamedTuple):
    """Days ``first`` to ``last``, both included, and the unit that the words name."""

    first: date
    last: date
    precision: DatePrecision


class _Year(NamedTuple):
    year: int
    month: int | None
    end: int
    paragraph: int


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


def text_date(text: str, timexes: Sequence[Timex]) -> date | None:
    """The date that a text gives itself, in a dateline ("QUITO, 9 JAN 90 (EFE) --") or a stamp ("Posted: 9 May")."""
    for timex in timexes[:6]:
        if timex.start > _DATELINE_REACH or timex.rule not in ("full_date", "wire_date", "iso", "dashed_date"):
            continue
        before, after = text[max(0, timex.start - 80) : timex.start], text[timex.end : timex.end + 45]
        if _STAMP.search(before) or (_DATELINE_START.search(before) and _DATELINE_END.match(after)):
            resolved = Resolver(None).resolve([timex])[0]
            if resolved is not None:
                return resolved.first
    return None


def _no_tense(start: int, end: int) -> Tense | None:
    return None


class Resolver:
    """Resolves the date expressions of one text in their order.

    Args:
        base: the date of publication, if known.
        tense_of: tells whether the verb around ``[start, end)`` speaks of what is past or to come.
        text: the text, for the words beside an expression.
    """

    def __init__(self, base: date | None, tense_of: TenseOf = _no_tense, text: str = "") -> None:
        self.base = base
        self.tense_of = tense_of
        self.text = text
        self.anchor: Range | None = None
        self.year: _Year | None = None

    def resolve(self, timexes: Sequence[Timex]) -> list[Range | None]:
        """The range of each expression, ``None`` for those that stay unresolved."""
        found: list[Range | None] = []
        for number, timex in enumerate(timexes):
            following = timexes[number + 1] if number + 1 < len(timexes) else None
            resolved = self._one(timex, following)
            found.append(resolved)
            if resolved is not None:
                self._remember(timex, resolved)
        return found

    def _remember(self, timex: Timex, resolved: Range) -> None:
        if resolved.first.year == resolved.last.year and "Y" in timex.kinds:
            month = resolved.first.month if resolved.precision in ("day", "month") else None
            self.year = _Year(resolved.first.year, month, timex.end, timex.paragraph)
        if resolved.precision != "year" or self.anchor is None or self.anchor.precision == "year":
            self.anchor = resolved

    def _one(self, timex: Timex, following: Timex | None) -> Range | None:
        handler: Callable[[Timex], Range | None] = getattr(self, f"_{timex.rule}")
        if timex.rule in ("offset", "beside") and timex.words[-1] in ("before", "after"):
            if following is not None and following.start - timex.end < _NEXT_TO:
                beside = self._one(following, None)  # "two days before the 3 March attack"
                handler = partial(self._shifted, anchor=beside)
        try:
            return handler(timex)
        except (ValueError, OverflowError):  # the 31st of February, the year 0
            return None

    # Absolute

    def _iso(self, timex: Timex) -> Range | None:
        year, month, day = timex.values_of("Ydn")
        return day_range(date(year, month, day))

    def _dotted(self, timex: Timex) -> Range | None:
        day, month, year = (int(part) for part in timex.words[0].split("."))
        return day_range(date(year, month, day))

    def _numeric(self, timex: Timex) -> Range | None:
        """26/08/2020 or 08/26/2020; where both can be, the one shortly before publication, else neither."""
        one, two, year = timex.values_of("dnY")
        year = year if year > 99 else self._century(year)
        readings = {(day, month) for day, month in ((one, two), (two, one)) if month <= 12}
        days = [date(year, month, day) for day, month in readings]
        if len(days) > 1 and self.base is not None:
            near = [day for day in days if timedelta(0) <= self.base - day <= timedelta(days=28)]
            days = near if len(near) == 1 else days
        return day_range(days[0]) if len(days) == 1 else None

    def _century(self, year: int) -> int:
        newest = self.base.year % 100 + 1 if self.base and self.base.year >= 2000 else 0 if self.base else 40
        return 2000 + year if year <= newest else 1900 + year

    def _full_date(self, timex: Timex) -> Range | None:
        return day_range(date(timex.values_of("Y")[0], timex.values_of("Mm")[0], timex.values_of("d")[0]))

    def _wire_date(self, timex: Timex) -> Range | None:
        day, year = timex.values_of("dn")
        return day_range(date(self._century(year), timex.values_of("Mm")[0], day))

    def _dashed_date(self, timex: Timex) -> Range | None:
        day, *rest = timex.values_of("dn")
        year = (timex.values_of("Y") or [self._century(rest[0]) if rest else 0])[0]
        return day_range(date(year, timex.values_of("Mm")[0], day))

    def _days_month(self, timex: Timex) -> Range | None:
        days, month = timex.values_of("d"), timex.values_of("Mm")[0]
        year = self._own_year(timex) or self._year_for(timex, month, days[-1])
        if year is None or days[0] > days[-1]:
            return None
        return day_range(date(year, month, days[0]), date(year, month, days[-1]))

    _month_days = _days_month

    def _dates_range(self, timex: Timex) -> Range | None:
        (day, day2), (month, month2), years = timex.values_of("d"), timex.values_of("Mm"), timex.values_of("Y")
        year2 = years[-1] if years else self._year_for(timex, month2, day2)
        if year2 is None:
            return None
        year = years[0] if len(years) > 1 else year2
        first, last = date(year, month, day), date(year2, month2, day2)
        if first > last and len(years) < 2:
            first = date(year - 1, month, day)
        return day_range(first, last) if first <= last else None

    def _day_month(self, timex: Timex) -> Range | None:
        day, month = timex.values_of("d")[0], timex.values_of("Mm")[0]
        year = self._year_for(timex, month, day)
        return None if year is None else day_range(date(year, month, day))

    def _month_year(self, timex: Timex) -> Range | None:
        return month_range(timex.values_of("Y")[0], timex.values_of("Mm")[0], _portion(timex))

    def _month_range(self, timex: Timex) -> Range | None:
        (month, month2), years = timex.values_of("Mm"), timex.values_of("Y")
        year2 = years[-1] if years else self._year_for(timex, month2, None)
        if year2 is None:
            return None
        year = years[0] if len(years) > 1 else year2 - (month > month2)
        first, last = month_range(year, month, _portion(timex)), month_range(year2, month2)
        return Range(first.first, last.last, "month") if first.first <= last.last else None

    def _week_of(self, timex: Timex) -> Range | None:
        month = timex.values_of("Mm")[0]
        year = self._own_year(timex) or self._year_for(timex, month, None)
        if year is None:
            return None
        length = monthrange(year, month)[1]
        ordinal = (timex.values_of("rd") or [0])[0]
        if ordinal > 4:
            return None
        start = 7 * ordinal - 6 if ordinal else length - 6
        return Range(date(year, month, start), date(year, month, start + 6), "week")

    def _week_from(self, timex: Timex) -> Range | None:
        day, month = timex.values_of("d")[0], timex.values_of("Mm")[0]
        year = self._own_year(timex) or self._year_for(timex, month, day)
        if year is None:
            return None
        start = date(year, month, day)
        return Range(start, start + timedelta(days=6), "week")

    def _part_of_year(self, timex: Timex) -> Range | None:
        units = timex.values_of("U")
        months = 6 if UNITS[units[0]] == "half" else 3
        part = (timex.values_of("r") or [12 // months])[0]
        year = (timex.values_of("Y") or [0])[0]
        if not year and self.base is not None and UNITS[units[-1]] == "year":
            year = self.base.year + _direction(timex.kinds[2:])
        if not year or part * months > 12:
            return None
        first = month_range(year, (part - 1) * months + 1)
        return Range(first.first, month_range(year, part * months).last, "month")

    def _season(self, timex: Timex) -> Range | None:
        month = timex.values_of("S")[0]
        if "Y" in timex.kinds:
            return _season(timex.values_of("Y")[0], month)
        if self.base is None:
            return None
        year = self.base.year
        if "T" in timex.kinds:
            return _season(year, month)
        if "X" in timex.kinds:
            return next(season for season in (_season(y, month) for y in (year, year + 1)) if season.first > self.base)
        return next(s for s in (_season(y, month) for y in (year, year - 1, year - 2)) if s.last < self.base)

    def _year_range(self, timex: Timex) -> Range | None:
        first, last = timex.values_of("Y")
        return year_range(first, last=last) if first <= last else None

    def _year_dash(self, timex: Timex) -> Range | None:
        first, last = timex.values_of("Ydn")
        return year_range(first, last=last if last > 99 else first - first % 100 + last)

    def _decade(self, timex: Timex) -> Range | None:
        first = timex.values_of("D")[0]
        first = first if first > 99 else (2000 if first < 30 else 1900) + first
        start, end = ((0, 9), (0, 3), (4, 6), (7, 9))[_portion(timex)]
        return year_range(first + start, last=first + end)

    def _year(self, timex: Timex) -> Range | None:
        return year_range(timex.values_of("Y")[0], _portion(timex))

    _year_edge = _year

    def _month(self, timex: Timex) -> Range | None:
        month = timex.values_of("Mm")[0]
        kinds = timex.kinds[0]
        if kinds not in "LTX":
            year = self._year_for(timex, month, None)
        elif self.base is None:
            return None
        else:
            year = self.base.year
            if kinds == "L" and month >= self.base.month:
                year -= 1
            if kinds == "X" and month <= self.base.month:
                year += 1
        return None if year is None else month_range(year, month, _portion(timex))

    _month_noun = _month

    def _month_deictic(self, timex: Timex) -> Range | None:
        if self.base is None:
            return None
        return month_range(self.base.year + _direction(timex.kinds), timex.values_of("Mm")[0], _portion(timex))

    # Relative to publication

    def _day_deictic(self, timex: Timex) -> Range | None:
        if self.base is None:
            return None
        year = self.base.year + _direction(timex.kinds)
        return day_range(date(year, timex.values_of("Mm")[0], timex.values_of("d")[0]))

    def _today(self, timex: Timex) -> Range | None:
        return None if self.base is None else day_range(self.base + timedelta(days=timex.values_of("Q")[0]))

    def _around_today(self, timex: Timex) -> Range | None:
        if self.base is None:
            return None
        step = timex.values_of("Q")[0] + (1 if "Z" in timex.kinds else -1)
        return day_range(self.base + timedelta(days=step))

    def _part_today(self, timex: Timex) -> Range | None:
        return None if self.base is None else day_range(self.base - timedelta(days="L" in timex.kinds))

    def _overnight(self, timex: Timex) -> Range | None:
        if "W" in timex.kinds:
            return self._weekday(timex)
        return None if self.base is None else day_range(self.base - timedelta(days=1), self.base)

    def _ago(self, timex: Timex) -> Range | None:
        number = _number(timex)
        if self.base is None or number is None or _HEDGE.search(self.text[max(0, timex.start - 12) : timex.start]):
            return None
        return _shift(day_range(self.base), -number, timex.values_of("U")[0])

    def _trailing(self, timex: Timex) -> Range | None:
        number = _number(timex)
        if self.base is None or number is None:
            return None
        unit = UNITS[timex.values_of("U")[0]]
        days = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30.44, "year": 365.25, "decade": 3652.5}
        first = self.base - timedelta(days=round(number * days[unit] + (0.49 if unit == "hour" else 0)))
        precision: DatePrecision = _PRECISION.get(unit, "year")
        return Range(first, self.base, precision)

    def _relative_unit(self, timex: Timex) -> Range | None:
        if self.base is None:
            return None
        unit, direction = timex.values_of("U")[0], _direction(timex.kinds)
        if UNITS[unit] == "weekend":
            return self._weekend(timex)
        portion = _portion(timex)
        if UNITS[unit] == "week":
            whole = week_range(self.base + timedelta(days=7 * direction), portion)
        elif UNITS[unit] == "month":
            whole = month_range(*_months(self.base, direction), portion)
        elif UNITS[unit] == "year":
            whole = year_range(self.base.year + direction, portion)
        else:
            return None
        if direction == 0 and "B" in timex.kinds:
            return whole._replace(last=self.base)
        if direction == 0 and "Z" in timex.kinds:
            return whole._replace(first=self.base)
        return whole

    def _weekend(self, timex: Timex) -> Range | None:
        if self.base is None:
            return None
        saturday = self.base - timedelta(days=(self.base.weekday() - 5) % 7)
        if "X" in timex.kinds or self.tense_of(timex.start, timex.end) == "future":
            saturday += timedelta(days=7)
        elif "L" in timex.kinds and self.base.weekday() >= 5:
            saturday -= timedelta(days=7)
        return day_range(saturday, saturday + timedelta(days=1))

    def _weekday(self, timex: Timex) -> Range | None:
        weekday = timex.values_of("W")[0]
        relative = timex.values_of("R")
        if relative:
            if self.anchor is None or self.anchor.precision != "day":
                return None
            return day_range(_seek(self.anchor.first, weekday, relative[0]))
        if self.base is None:
            return None
        if "X" in timex.kinds:
            return day_range(_seek(self.base, weekday, 1))
        if "L" in timex.kinds:
            return day_range(_seek(self.base, weekday, -1))
        ahead = self.tense_of(timex.start, timex.end) == "future"
        step = timedelta(days=1)
        return day_range(_seek(self.base - step, weekday, 1) if ahead else _seek(self.base + step, weekday, -1))

    def _weekday_week(self, timex: Timex) -> Range | None:
        if self.base is None or UNITS[timex.values_of("U")[0]] != "week":
            return None
        monday = week_range(self.base + timedelta(days=7 * _direction(timex.kinds))).first
        return day_range(monday + timedelta(days=timex.values_of("Wv")[0]))

    def _weekday_range(self, timex: Timex) -> Range | None:
        if self.base is None:
            return None
        ahead = self.tense_of(timex.start, timex.end) == "future"
        first, last = timex.values_of("W")
        if ahead:
            begin = _seek(self.base - timedelta(days=1), first, 1)
            return day_range(begin, _seek(begin, last, 1))
        end = _seek(self.base + timedelta(days=1), last, -1)
        return day_range(_seek(end, first, -1), end)

    def _nth(self, timex: Timex) -> Range | None:
        day = timex.values_of("d")[0]
        if "U" in timex.kinds:
            if self.base is None or UNITS[timex.values_of("U")[0]] != "month":
                return None
            return day_range(date(*_months(self.base, _direction(timex.kinds)), day))
        near = self.anchor.first if self.anchor is not None and self.anchor.precision in ("day", "month") else self.base
        if near is None:
            return None
        return day_range(date(*_months(near, -1 if near == self.base and day > near.day else 0), day))

    # Relative to the date before

    def _offset(self, timex: Timex) -> Range | None:
        return self._shifted(timex, self.anchor)

    def _beside(self, timex: Timex) -> Range | None:
        return self._shifted(timex, self.anchor)

    def _shifted(self, timex: Timex, anchor: Range | None) -> Range | None:
        number = _number(timex) if timex.rule == "offset" else 1
        if anchor is None or number is None:
            return None
        unit = (timex.values_of("U") or [UNITS.index("day")])[0]
        return _shift(anchor, number if "Z" in timex.kinds else -number, unit)

    def _anchored(self, timex: Timex) -> Range | None:
        if self.anchor is None:
            return None
        unit = (timex.values_of("U") or [UNITS.index("day")])[0]
        step = 1 if "X" in timex.kinds else timex.values_of("R")[0]
        if step == 0 and UNITS[unit] == "day":
            return self.anchor if self.anchor.precision == "day" else None
        return _shift(self.anchor, step, unit)

    _next_day = _anchored

    @staticmethod
    def _own_year(timex: Timex) -> int | None:
        return next(iter(timex.values_of("Y")), None)

    def _year_for(self, timex: Timex, month: int, day: int | None) -> int | None:
        """The year of a day and month without one."""
        known = self.year
        if known is not None and known.paragraph == timex.paragraph:
            if known.month is not None or timex.start - known.end <= _YEAR_REACH:
                return _carry(known, month)
        if self.base is not None:
            first = date(self.base.year, month, min(day or 1, monthrange(self.base.year, month)[1]))
            future = self.tense_of(timex.start, timex.end) == "future"
            if first > self.base + timedelta(days=1) and not future:
                return self.base.year - 1
            last = first if day else month_range(self.base.year, month).last
            return self.base.year + (future and last < self.base)
        if known is not None and known.month is not None:
            return _carry(known, month)
        return None


_PRECISION: dict[str, DatePrecision] = {
    "hour": "day",
    "day": "day",
    "weekend": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "year": "year",
}
_COARSENESS = {"day": 0, "week": 1, "month": 2, "year": 3}


def _portion(timex: Timex) -> int:
    return (timex.values_of("E") or [0])[0]


def _direction(kinds: str) -> int:
    return -1 if "L" in kinds or "K" in kinds else 1 if "X" in kinds else 0


def _number(timex: Timex) -> int | None:
    """The number of units; ``None`` for "a few" and its like."""
    if "F" in timex.kinds:
        return None
    values = timex.values_of("NdnA")
    return (sum(values) or 1) if values else None


def _carry(known: _Year, month: int) -> int:
    """The year of a month told after a known one: January after December is the next year's."""
    return known.year + (known.month is not None and known.month - month > 6)


def _months(day: date, step: int) -> tuple[int, int]:
    months = day.year * 12 + day.month - 1 + step
    return months // 12, months % 12 + 1


def _seek(day: date, weekday: int, step: int) -> date:
    """The nearest such weekday strictly after (``step`` 1) or before (-1) a day; the day's own week for 0."""
    if step == 0:
        return day - timedelta(days=day.weekday() - weekday)
    distance = (weekday - day.weekday()) * step % 7 or 7
    return day + timedelta(days=distance * step)


def _season(year: int, month: int) -> Range:
    return Range(date(year, month, 1), month_range(*_months(date(year, month, 1), 2)).last, "month")


def _shift(anchor: Range, step: int, unit: int) -> Range | None:
    """``step`` units from an anchor; ``None`` where the anchor is coarser than the unit."""
    name = UNITS[unit]
    precision = _PRECISION.get(name)
    if precision is None or _COARSENESS[anchor.precision] > _COARSENESS[precision]:
        return None
    if name == "hour":
        return anchor if abs(step) < 12 else day_range(anchor.first + timedelta(days=round(step / 24)))
    if name == "day":
        return day_range(anchor.first + timedelta(days=step), anchor.last + timedelta(days=step))
    if precision == "week":
        return week_range(anchor.first + timedelta(days=step * (14 if name == "fortnight" else 7)))
    if name == "month":
        return month_range(*_months(anchor.first, step))
    if name == "year":
        return year_range(anchor.first.year + step)
    return None
