"""Date expressions that say their days themselves: "26 August 2020", "3–4 March", "summer 2014", "the 1990s".

The base of :class:`~pipeline.timex.resolve.Resolver`; each method ``_<rule>`` resolves what the grammar's rule found.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from pipeline.timex.grammar import Timex
from pipeline.timex.lexer import UNITS
from pipeline.timex.ranges import Range, day_range, month_range, year_range

Tense = Literal["past", "future"]
TenseOf = Callable[[int, int], Tense | None]
# A year on its own lends itself to a day and month that follow within this many characters.
_YEAR_REACH = 120
# Without a verb, a day and month that lie this near ahead are meant, not those of last year.
_SOON = timedelta(days=31)


class KnownYear(NamedTuple):
    """A year that the text has named, with its month where it named one."""

    year: int
    month: int | None
    end: int
    paragraph: int


class AbsoluteRules:
    """Resolves what needs at most the year from elsewhere."""

    base: date | None
    year: KnownYear | None
    tense_of: TenseOf

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
        return month_range(timex.values_of("Y")[0], timex.values_of("Mm")[0], portion_of(timex))

    def _month_range(self, timex: Timex) -> Range | None:
        (month, month2), years = timex.values_of("Mm"), timex.values_of("Y")
        year2 = years[-1] if years else self._year_for(timex, month2, None)
        if year2 is None:
            return None
        year = years[0] if len(years) > 1 else year2 - (month > month2)
        first, last = month_range(year, month, portion_of(timex)), month_range(year2, month2)
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
            year = self.base.year + direction_of(timex.kinds[2:])
        if not year or part * months > 12:
            return None
        first = month_range(year, (part - 1) * months + 1)
        return Range(first.first, month_range(year, part * months).last, "month")

    def _year_range(self, timex: Timex) -> Range | None:
        first, last = timex.values_of("Y")
        return year_range(first, last=last) if first <= last else None

    def _year_dash(self, timex: Timex) -> Range | None:
        first, last = timex.values_of("Ydn")
        return year_range(first, last=last if last > 99 else first - first % 100 + last)

    def _decade(self, timex: Timex) -> Range | None:
        first = timex.values_of("D")[0]
        first = first if first > 99 else (2000 if first < 30 else 1900) + first
        start, end = ((0, 9), (0, 3), (4, 6), (7, 9))[portion_of(timex)]
        return year_range(first + start, last=first + end)

    def _year(self, timex: Timex) -> Range | None:
        return year_range(timex.values_of("Y")[0], portion_of(timex))

    _year_edge = _year

    @staticmethod
    def _own_year(timex: Timex) -> int | None:
        return next(iter(timex.values_of("Y")), None)

    def _year_for(self, timex: Timex, month: int, day: int | None) -> int | None:
        """The year of a day and month without one."""
        known = self.year
        ahead = self.base is None and self.tense_of(timex.start, timex.end) == "future"
        if known is not None and known.paragraph == timex.paragraph and not ahead:
            if known.month is not None or timex.start - known.end <= _YEAR_REACH:
                return _carry(known, month)
        if self.base is not None:
            first = date(self.base.year, month, min(day or 1, monthrange(self.base.year, month)[1]))
            tense = self.tense_of(timex.start, timex.end)
            future = tense == "future" or (tense is None and timedelta(0) < first - self.base < _SOON)
            if first > self.base + timedelta(days=1) and not future:
                return self.base.year - 1
            last = first if day else month_range(self.base.year, month).last
            return self.base.year + (future and last < self.base)
        if known is not None and known.month is not None and self.tense_of(timex.start, timex.end) != "future":
            return _carry(known, month)
        return None


def portion_of(timex: Timex) -> int:
    """0 for the whole, 1 for early, 2 for mid, 3 for late."""
    return (timex.values_of("E") or [0])[0]


def direction_of(kinds: str) -> int:
    """-1 for last, 0 for this, 1 for next."""
    return -1 if "L" in kinds or "K" in kinds else 1 if "X" in kinds else 0


def _carry(known: KnownYear, month: int) -> int:
    """The year of a month told after a known one: January after December is the next year's."""
    return known.year + (known.month is not None and known.month - month > 6)
