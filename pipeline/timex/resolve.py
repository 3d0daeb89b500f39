"""Date expressions into ranges of days: relative to the date of publication, or to the dates that stand before them.

A range has the precision of the unit that the words name: "late last month" speaks of a month, though its first and
last day are narrower. Early, mid and late are the thirds of their unit. What cannot be resolved stays ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from pipeline.records import DatePrecision
from pipeline.timex.absolute import AbsoluteRules, KnownYear, Tense, TenseOf, direction_of, portion_of
from pipeline.timex.grammar import Timex
from pipeline.timex.lexer import UNITS
from pipeline.timex.ranges import (
    PRECISION,
    Range,
    day_range,
    month_range,
    months_from,
    season_range,
    seek,
    shift,
    week_range,
    year_range,
)

_HEDGE = re.compile(r"(?:than|over|least|nearly|almost|under|some)\s+\Z")
# "since December" is no date that the text speaks of.
_BOUND = re.compile(r"\b(?:since|until|till|by)\s+(?:the\s+)?\Z", re.IGNORECASE)
_STAMP = re.compile(r"(?:published|posted|updated|filed|dated?)\s*(?:on|at|:|-)?\s*\Z", re.IGNORECASE)
_DATELINE_END = re.compile(r"\s*(?:\([^()\n]{2,40}\)\s*)?(?:--|—|–|-\s|:|\[|\()")
_DATELINE_START = re.compile(r"(?:\A|\n)[ \t]*[A-Z][^\n]{1,60}?[,\-–—(]\s*\Z")
# A dateline stands within this many characters from the start of its article.
_DATELINE_REACH = 300
# An expression this many characters behind "two days before" is what it counts from.
_NEXT_TO = 8


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


class Resolver(AbsoluteRules):
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
        self.year: KnownYear | None = None

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
            self.year = KnownYear(resolved.first.year, month, timex.end, timex.paragraph)
        coarser = resolved.precision == "year" and self.anchor is not None and self.anchor.precision != "year"
        if not coarser and not _BOUND.search(self.text[max(0, timex.start - 12) : timex.start]):
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

    def _season(self, timex: Timex) -> Range | None:
        month = timex.values_of("S")[0]
        if "Y" in timex.kinds:
            return season_range(timex.values_of("Y")[0], month)
        if self.base is None:
            return None
        year = self.base.year
        if "T" in timex.kinds:
            return season_range(year, month)
        if "X" in timex.kinds:
            return next(
                season for season in (season_range(y, month) for y in (year, year + 1)) if season.first > self.base
            )
        return next(s for s in (season_range(y, month) for y in (year, year - 1, year - 2)) if s.last < self.base)

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
        return None if year is None else month_range(year, month, portion_of(timex))

    _month_noun = _month

    def _month_deictic(self, timex: Timex) -> Range | None:
        if self.base is None:
            return None
        return month_range(self.base.year + direction_of(timex.kinds), timex.values_of("Mm")[0], portion_of(timex))

    # Relative to publication

    def _day_deictic(self, timex: Timex) -> Range | None:
        if self.base is None:
            return None
        year = self.base.year + direction_of(timex.kinds)
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
        return shift(day_range(self.base), -number, timex.values_of("U")[0])

    def _trailing(self, timex: Timex) -> Range | None:
        number = _number(timex)
        if self.base is None or number is None:
            return None
        unit = UNITS[timex.values_of("U")[0]]
        days = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30.44, "year": 365.25, "decade": 3652.5}
        first = self.base - timedelta(days=round(number * days[unit] + (0.49 if unit == "hour" else 0)))
        precision: DatePrecision = PRECISION.get(unit, "year")
        return Range(first, self.base, precision)

    def _relative_unit(self, timex: Timex) -> Range | None:
        if self.base is None:
            return None
        unit, direction = timex.values_of("U")[0], direction_of(timex.kinds)
        if UNITS[unit] == "weekend":
            return self._weekend(timex)
        portion = portion_of(timex)
        if UNITS[unit] == "week":
            whole = week_range(self.base + timedelta(days=7 * direction), portion)
        elif UNITS[unit] == "month":
            whole = month_range(*months_from(self.base, direction), portion)
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
            return day_range(seek(self.anchor.first, weekday, relative[0]))
        if self.base is None:
            return None
        if "X" in timex.kinds:
            return day_range(seek(self.base, weekday, 1))
        if "L" in timex.kinds:
            return day_range(seek(self.base, weekday, -1))
        ahead = self.tense_of(timex.start, timex.end) == "future"
        step = timedelta(days=1)
        return day_range(seek(self.base - step, weekday, 1) if ahead else seek(self.base + step, weekday, -1))

    def _weekday_week(self, timex: Timex) -> Range | None:
        if self.base is None or UNITS[timex.values_of("U")[0]] != "week":
            return None
        monday = week_range(self.base + timedelta(days=7 * direction_of(timex.kinds))).first
        return day_range(monday + timedelta(days=timex.values_of("Wv")[0]))

    def _weekday_range(self, timex: Timex) -> Range | None:
        if self.base is None:
            return None
        ahead = self.tense_of(timex.start, timex.end) == "future"
        first, last = timex.values_of("W")
        if ahead:
            begin = seek(self.base - timedelta(days=1), first, 1)
            return day_range(begin, seek(begin, last, 1))
        end = seek(self.base + timedelta(days=1), last, -1)
        return day_range(seek(end, first, -1), end)

    def _nth(self, timex: Timex) -> Range | None:
        day = timex.values_of("d")[0]
        if "U" in timex.kinds:
            if self.base is None or UNITS[timex.values_of("U")[0]] != "month":
                return None
            return day_range(date(*months_from(self.base, direction_of(timex.kinds)), day))
        near = self.anchor.first if self.anchor is not None and self.anchor.precision in ("day", "month") else self.base
        if near is None:
            return None
        return day_range(date(*months_from(near, -1 if near == self.base and day > near.day else 0), day))

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
        return shift(anchor, number if "Z" in timex.kinds else -number, unit)

    def _anchored(self, timex: Timex) -> Range | None:
        if self.anchor is None:
            return None
        unit = (timex.values_of("U") or [UNITS.index("day")])[0]
        step = 1 if "X" in timex.kinds else timex.values_of("R")[0]
        if step == 0 and UNITS[unit] == "day":
            return self.anchor if self.anchor.precision == "day" else None
        return shift(self.anchor, step, unit)

    _next_day = _anchored


def _number(timex: Timex) -> int | None:
    """The number of units; ``None`` for "a few" and its like."""
    if "F" in timex.kinds:
        return None
    values = timex.values_of("NdnA")
    return (sum(values) or 1) if values else None
