"""Which words are a date expression: patterns over the kinds of :mod:`.lexer`.

A rule is a name and a pattern whose words are the kinds of :data:`~.lexer.KINDS` or the shorthands of :data:`_SHORT`;
``?``, ``*``, ``+``, ``|`` and brackets mean what they mean in regular expressions. Rules stand in order: what an
earlier one has taken is not read again. Whatever the words look like, :func:`_refusal` has the last say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline import trace
from pipeline.resources import load_yaml
from pipeline.timex.lexer import KINDS, UNITS, Lexemes, lex

# Shorthands of the patterns, as regular expressions over the letters of :data:`~.lexer.KINDS`.
_SHORT = {
    "MONTH": "(?:[Mm]a?)",
    "WDAY": "(?:(?:W|va?)c?)",
    "DATE": "(?:do?[Mm]a?|[Mm]a?d)",
    "DIGITS": "[Ynd]",
    "NUM": "[NAdnF]",
    "FROM": "[bf]",
    "TO": "(?:c?k|h)",
    "YEAR": "(?:[co]?Y)",
    "NIGHTOF": "(?:H?E?[PU]oH?)",
    "EDGE": "(?:H?E[ho]?H?)",
    "WHEN": "(?:H?[EBZ][hoi]?)",
    "DEICTIC": "[LTX]",
    "BEFOREAFTER": "[BZ]",
    "IN": "(?<=[ikobfELTXBZ])",
    "ON": "(?<=i)",
    "INTHE": "(?<=[iH])",
    "DET": "(?<=[HAR])",
    "POSSESSED": "(?=q)",
}
RULES: tuple[tuple[str, str], ...] = (
    ("iso", "year dash (number|day) dash (number|day)"),
    ("numeric", "day dash day dash DIGITS"),
    ("dotted", "dotted"),
    ("days_month", "NIGHTOF? FROM? day (comma day)* (TO day)+ of? MONTH YEAR?"),
    ("dates_range", "FROM? WDAY? DATE YEAR? TO the? WDAY? DATE YEAR?"),
    ("month_days", "NIGHTOF? FROM? MONTH day (comma day)* (TO day)+ YEAR?"),
    ("full_date", "NIGHTOF? WDAY? the? day of? MONTH comma? year"),
    ("full_date", "NIGHTOF? WDAY? MONTH day comma? of? year"),
    ("dashed_date", "day dash MONTH dash DIGITS"),
    ("wire_date", "WDAY? day MONTH (number|day)"),
    ("week_of", "the? (ordinal|last|day) unit (of|preposition) MONTH YEAR?"),
    ("week_from", "the? unit of DATE YEAR?"),
    ("part_of_year", "the? (ordinal|last) unit of (year|DEICTIC unit)"),
    ("month_range", "FROM? EDGE? MONTH YEAR? TO EDGE? MONTH YEAR?"),
    ("day_deictic", "NIGHTOF? WDAY? DATE comma? of? DEICTIC unit"),
    ("day_month", "NIGHTOF? WDAY? the? day of? MONTH"),
    ("day_month", "NIGHTOF? WDAY? MONTH day"),
    ("month_year", "EDGE? MONTH (comma|of)? year"),
    ("season", "EDGE? DEICTIC season"),
    ("season", "EDGE? season of? year"),
    ("year_range", "FROM year TO year"),
    ("year_dash", "year dash DIGITS"),
    ("decade", "EDGE? the? decade"),
    ("around_today", "the? unit BEFOREAFTER today"),
    ("next_day", "the? next unit"),
    ("trailing", "INTHE (last|past) NUM unit"),
    ("month_deictic", "EDGE? MONTH comma? of? DEICTIC unit"),
    ("weekday_week", "WDAY part? of? DEICTIC unit"),
    ("overnight", "overnight (preposition? weekday part?)?"),
    ("relative_unit", "WHEN? the? DEICTIC unit"),
    ("ago", "NUM+ dash? unit ago"),
    ("offset", "NUM+ unit BEFOREAFTER"),
    ("beside", "the (unit|part) BEFOREAFTER"),
    ("anchored", "the? relative (unit|part)"),
    ("weekday_range", "FROM? portion? weekday part? TO weekday part?"),
    ("weekday", "NIGHTOF? the? ((portion|DEICTIC|relative) dash?)? weekday part?"),
    ("part_today", "portion? (last|this) part"),
    ("today", "(portion|earlier)? today part?"),
    ("weekend", "the unit"),
    ("nth", "ON the day (of (last|this) unit)?"),
    ("month", "EDGE MONTH"),
    ("month", "DEICTIC MONTH"),
    ("month", "IN MONTH"),
    ("month", "MONTH POSSESSED"),
    ("month_noun", "DET MONTH"),
    ("year_edge", "EDGE preposition? year"),
    ("year", "year"),
)


@dataclass(frozen=True, slots=True)
class Timex:
    """A date expression at ``[start, end)`` (code points): its rule, its words and their kinds and values."""

    start: int
    end: int
    rule: str
    kinds: str
    values: tuple[int, ...]
    words: tuple[str, ...]
    paragraph: int

    def values_of(self, kinds: str) -> list[int]:
        """The values of the words of these kinds, in order."""
        return [value for kind, value in zip(self.kinds, self.values, strict=True) if kind in kinds]


@dataclass(frozen=True)
class _Guards:
    names: re.Pattern[str]
    name_heads: frozenset[str]
    not_before_year: frozenset[str]
    not_after_year: frozenset[str]
    time_prepositions: frozenset[str]
    sure_prepositions: frozenset[str]


@lru_cache(maxsize=1)
def _guards() -> _Guards:
    data = load_yaml("lexicons", "dates.yaml")

    def folded(key: str) -> frozenset[str]:
        return frozenset(str(word).lower() for word in data[key])

    return _Guards(
        re.compile(r"\b(?:" + "|".join(re.escape(name) for name in data["names"]) + r")\b"),
        frozenset(data["name_heads"]),
        *(folded(key) for key in ("not_before_year", "not_after_year", "time_prepositions", "sure_prepositions")),
    )


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    def translate(match: re.Match[str]) -> str:
        word = match.group()
        return _SHORT.get(word) or KINDS[word]

    return tuple((name, re.compile(re.sub(r"[A-Za-z_]+", translate, rule).replace(" ", ""))) for name, rule in RULES)


def find(text: str) -> list[Timex]:
    """The date expressions of a text, in order, without overlaps."""
    lexemes = lex(text)
    taken = bytearray(len(lexemes.kinds))
    found: list[tuple[int, int, str]] = []
    for rule, pattern in _rules():
        for match in pattern.finditer(lexemes.kinds):
            first, last = match.span()
            if any(taken[first:last]):
                continue
            refusal = _refusal(rule, lexemes, first, last)
            if refusal is None:
                taken[first:last] = b"\1" * (last - first)
                found.append((first, last, rule))
            elif refusal and trace.on():
                start, end = lexemes.start(first), lexemes.end(last - 1)
                trace.note("dates", "rejected", start, end, text[start:end], rule, refusal)
    found.sort()
    return [_timex(lexemes, *item) for item in found]


def _timex(lexemes: Lexemes, first: int, last: int, rule: str) -> Timex:
    paragraph = lexemes.kinds.count("p", 0, first)
    while lexemes.kinds[first] in "Hc":  # a leading article is not part of it
        first += 1
    while lexemes.kinds[last - 1] == "c" or (lexemes.kinds[last - 1] == "a" and _ends_sentence(lexemes, last)):
        last -= 1
    return Timex(
        lexemes.start(first),
        lexemes.end(last - 1),
        rule,
        lexemes.kinds[first:last],
        tuple(lexemes.value(i) for i in range(first, last)),
        tuple(lexemes.word(i).lower() for i in range(first, last)),
        paragraph,
    )


def _ends_sentence(lexemes: Lexemes, last: int) -> bool:
    """Whether the full stop before ``last`` ends a sentence, too: a capital, a number or nothing follows."""
    after = lexemes.word(last)
    return not after or not (after[0].islower() or after[0] in ",;:)-–—'’")


def _refusal(rule: str, lexemes: Lexemes, first: int, last: int) -> str | None:
    """Why the words are no date after all; an empty string where that need not be told, ``None`` if they are one."""
    guards = _guards()
    kinds, text = lexemes.kinds[first:last], lexemes.text
    start, end = lexemes.start(first), lexemes.end(last - 1)
    before, after = lexemes.word(first - 1), lexemes.word(last)
    if "U" in kinds and not _unit_fits(rule, kinds, lexemes, first):
        return ""
    if after in guards.name_heads and after[:1].isupper() and "\n" not in text[end : lexemes.start(last)]:
        return f"name with {after!r}"
    if any(name.start() < end - start + 24 and name.end() > 24 for name in _names_around(text, start, end, guards)):
        return "part of a name"
    if rule in ("numeric", "iso", "dashed_date", "day_month", "days_month", "month_days", "wire_date"):
        return _day_refusal(rule, lexemes, first, last)
    if rule == "month_noun":
        return None if after.isalpha() and after.islower() else ""
    if rule == "month":
        return _month_refusal(kinds, before, guards)
    if rule == "decade" and lexemes.value(last - 1) < 100:
        return None if before in ("'", "’") or text[lexemes.start(last - 1) - 1] in "'’" else "an age"
    if rule == "nth":
        ordinal = not lexemes.word(first + 1).isdigit()
        return None if ordinal and (kinds[-1] == "U" or not after[:1].isalpha()) else "an ordinal of something else"
    if rule in ("year", "year_dash", "year_range"):
        return _year_refusal(rule, lexemes, first, last, guards)
    if rule == "overnight" and kinds == "V" and before.lower() in ("a", "an", "the"):
        return "describes a noun"
    if rule == "weekday" and before.lower() in ("every", "each"):
        return "a habit"
    return None


def _day_refusal(rule: str, lexemes: Lexemes, first: int, last: int) -> str | None:
    """Numbers beside months, or between dashes, that are counts, scores, addresses or parts of longer numbers."""
    kinds, start, end = lexemes.kinds[first:last], lexemes.start(first), lexemes.end(last - 1)
    if rule in ("numeric", "iso", "dashed_date"):
        marks = [lexemes.word(i) for i in range(first, last) if lexemes.kinds[i] == "h"]
        plain = marks[0] == marks[1] and (rule != "numeric" or kinds[-1] == "Y" or marks[0] == "/")
        inside = start > 0 and lexemes.text[start - 1] in "/-=."
        return None if plain and marks[0] in "-/" and end - start <= _LONGEST_NUMERIC and not inside else ""
    if rule == "wire_date":
        return None if lexemes.word(last - 2).isupper() or lexemes.word(last - 1) > "31" else ""
    counts = _counts_something(lexemes, last)
    if rule in ("days_month", "month_days") and "k" in kinds and "Y" not in kinds and counts:
        return "the number counts something"
    if rule == "day_month" and kinds[-1] == "d" and counts:
        return "the number counts something"
    if rule == "day_month" and kinds[0] == "d" and lexemes.kinds[first - 1 : first] == "h" and first > 1:
        return "" if lexemes.kinds[first - 2] in "dnYx" else None
    return None


_LONGEST_NUMERIC = 13


def _names_around(text: str, start: int, end: int, guards: _Guards) -> list[re.Match[str]]:
    left = max(0, start - 24)
    shift = 24 - (start - left)
    window = " " * shift + text[left : end + 24]
    return list(guards.names.finditer(window))


def _counts_something(lexemes: Lexemes, last: int) -> bool:
    """Whether the number before ``last`` counts what follows it: "on March 3 and 12 people"."""
    if lexemes.end(last - 1) - lexemes.start(last - 1) > 2 and not lexemes.word(last - 1).isdigit():
        return False  # an ordinal
    after = lexemes.word(last)
    return (
        lexemes.kinds[last : last + 1] in ("x", "U") and after.isalpha() and (after.endswith("s") or after == "people")
    )


def _unit_fits(rule: str, kinds: str, lexemes: Lexemes, first: int) -> bool:
    """Whether the unit is one that the rule can mean: "the week of", not "the year of"."""
    units = [UNITS[lexemes.value(first + i)] for i, kind in enumerate(kinds) if kind == "U"]
    one = units[0]
    if rule in ("week_of", "week_from"):
        return one == "week"
    if rule == "part_of_year":
        return one in ("half", "quarter") and units[-1] in ("half", "quarter", "year")
    if rule == "weekend":
        return one == "weekend"
    if rule in ("around_today", "next_day"):
        return one == "day"
    if rule in ("day_deictic", "month_deictic"):
        return one == "year"
    if rule in ("relative_unit", "weekday_week", "nth"):
        if one in ("half", "quarter", "hour", "decade"):
            return False
        # "the last day of" is a day, but none that is told from the day of publication; "this day" neither.
        return one not in ("day", "fortnight") and not (
            kinds[-2:-1] == "L" and lexemes.word(first + len(kinds)) == "of"
        )
    if rule in ("ago", "offset", "trailing"):
        return one not in ("half", "quarter", "weekend", "season")
    if rule in ("anchored", "beside"):
        return one not in ("half", "quarter", "hour", "decade")
    return one == "hour"  # "the early hours of Sunday"


def _month_refusal(kinds: str, before: str, guards: _Guards) -> str | None:
    if kinds[0] == "E" or kinds[0] in "LTX":
        return None
    if before.lower() not in guards.time_prepositions and kinds != "M":
        return ""
    if "m" in kinds and before.lower() not in guards.sure_prepositions:
        return "could be an ordinary word or a name"
    if before.lower() in ("and", "or", "to", "from", "of") and "m" in kinds:
        return "could be an ordinary word or a name"
    return None


def _year_refusal(rule: str, lexemes: Lexemes, first: int, last: int, guards: _Guards) -> str | None:
    """Numbers of four digits are years only in the company of words of time."""
    before, after = lexemes.word(first - 1), lexemes.word(last)
    if after.lower() in guards.not_after_year or before.lower() in guards.not_before_year:
        return "a number of something else"
    if rule == "year_range":
        return None
    value = lexemes.value(first)
    if not 1000 <= value <= 2100 or (before and before in "$£€#"):
        return "a number of something else"
    if rule == "year_dash":
        other = lexemes.value(last - 1)
        spans = other > value if other > 999 else other > value % 100 and lexemes.word(last - 1).isdigit()
        return None if spans and lexemes.end(first) == lexemes.start(first + 1) and value >= 1800 else ""
    recent = 1800 <= value <= 2100
    company = before.lower() in guards.time_prepositions or before.lower() in ("year", "early", "late", "mid", "a.d")
    if company and before.lower() in ("to", "from", "and", "or", "by", "around", "of", "about") and not recent:
        return "a number of something else"
    # "before 1800": an hour as well as a year
    if (
        company
        and value < 1900
        and before.lower() in ("before", "after", "by", "until", "till", "around", "at", "from")
    ):
        return "a clock time, perhaps"
    if company:
        plural = (
            after.endswith("s") and after.islower() and after not in ("was", "is", "has", "as", "his", "its", "this")
        )
        return "a number of things" if plural and lexemes.kinds[first - 1 : first] != "b" else None
    if recent and before == "(" and after in (")", ",", ";", "-", "–"):
        return None
    if recent and value >= 1900 and (before.lower() in ("the", "his", "her", "their", "its", "a", "'s", "’s")):
        return None if after[:1].isalpha() else "a number of something else"
    return "no word of time before it"
