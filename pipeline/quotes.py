"""Quotes instead of offsets: how gold annotation points at words of an article.

=============================  =====================================================================================
``Dayrik``                     the only occurrence of these words (whole words, case matters)
``incident#2``                 the second occurrence, counted from the start of the text
``U.S.#all``                   in lists of mentions: every entity that reads exactly so
``The first … the last``       from the first words to the nearest last words after them (``The#2 … last`` as above)
=============================  =====================================================================================

The field types below turn quotes into :class:`~pipeline.records.Span` while pydantic validates, given a
:class:`Quotes` as validation context; without one they take spans as they are. A quote that does not fit is a
``ValueError`` that names it. Counts are written ``low/best/high``, such as ``20/20/null``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, model_validator

from pipeline.records import Count, Span

_ELLIPSIS = " … "
_INDEXED = re.compile(r"(?P<words>.+)#(?P<index>\d+)", re.DOTALL)


def find_words(text: str, words: str, start: int = 0) -> list[int]:
    """Offsets at or after ``start`` where ``words`` stand in ``text`` as whole words."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return [match.start() for match in re.compile(before + re.escape(words) + after).finditer(text, start)]


class Quotes:
    """What quotes are resolved against: the text, and the fields of the same file that were read before."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.read: dict[str, list[Any]] = {}

    def span(self, quote: str, start: int | None = None) -> dict[str, Any]:
        """Offsets of a quote: the only or indexed occurrence or, with ``start``, the nearest from there on.

        Raises:
            ValueError: the text has no such words, fewer of them than the index, or more without an index.
        """
        first, _, last = quote.partition(_ELLIPSIS)
        indexed = _INDEXED.fullmatch(first)
        words = indexed["words"] if indexed else first
        begin = self._begin(quote, words, int(indexed["index"]) if indexed else None, start)
        end = begin + len(words)
        if last:
            ends = find_words(self.text, last, end)
            if not ends:
                raise ValueError(f"quote {quote!r}: {last!r} does not follow {words!r} in the text")
            end = ends[0] + len(last)
        return {"start": begin, "end": end, "text": self.text[begin:end]}

    def _begin(self, quote: str, words: str, index: int | None, start: int | None) -> int:
        found = find_words(self.text, words, start or 0) if words else []
        if not found:
            where = f" after {self.text[max(0, start - 20) : start]!r}" if start else ""
            loose = re.search(re.escape(words), self.text[start or 0 :], re.IGNORECASE)
            hint = f" It has {loose[0]!r}; case and word borders count." if loose and words else ""
            raise ValueError(f"quote {quote!r} is not in the text{where}.{hint}")
        if index is not None:
            if not 1 <= index <= len(found):
                raise ValueError(f"quote {quote!r}: the text has {words!r} {len(found)} time(s)")
            return found[index - 1]
        if len(found) > 1 and start is None:
            around = [self.text[max(0, at - 12) : at + len(words) + 12] for at in found]
            raise ValueError(f"quote {quote!r} is ambiguous; say which: {dict(enumerate(around, 1))}")
        return found[0]


def _context(info: ValidationInfo) -> Quotes | None:
    return info.context if isinstance(info.context, Quotes) else None


def _resolve(value: Any, info: ValidationInfo) -> Any:
    quotes = _context(info)
    return quotes.span(value) if quotes and isinstance(value, str) else value


def _resolve_in_order(values: Any, info: ValidationInfo) -> Any:
    quotes = _context(info)
    if quotes is None or not isinstance(values, list):
        return values
    spans: list[dict[str, Any]] = []
    for value in values:
        if isinstance(value, dict):  # offsets, where no quote leads to the words
            spans.append(value)
            continue
        quote, *label = value if isinstance(value, list) else [value]
        span = quotes.span(str(quote), spans[-1]["end"] if spans else 0)
        spans.append(span | {"label": label[0]} if label else span)
    return spans


def _resolve_mentions(values: Any, info: ValidationInfo) -> Any:
    quotes = _context(info)
    if quotes is None or not isinstance(values, list):
        return values
    spans: list[Any] = []
    for value in values:
        if isinstance(value, str) and value.endswith("#all"):
            same = [entity for entity in quotes.read.get("entities", []) if entity.text == value.removesuffix("#all")]
            if not same:
                raise ValueError(f"quote {value!r}: no entity reads so")
            spans += [{"start": entity.start, "end": entity.end, "text": entity.text} for entity in same]
        else:
            spans.append(_resolve(value, info))
    return spans


def _resolve_date(value: Any, info: ValidationInfo) -> Any:
    quotes = _context(info)
    if quotes is None or not isinstance(value, str):
        return value
    span = quotes.span(value)
    for known in quotes.read.get("dates", []):
        if (known.start, known.end) == (span["start"], span["end"]):
            return known
    raise ValueError(f"quote {value!r} is not in the list of dates")


def _resolve_count(value: Any) -> Any:
    """``300/300/null`` as low, best and high."""
    if not isinstance(value, str):
        return value
    parts = value.split("/")
    if len(parts) != 3 or not all(part == "null" or part.isdecimal() for part in parts):
        raise ValueError(f"count {value!r} is not low/best/high, such as 20/20/null")
    return dict(zip(("low", "best", "high"), (None if part == "null" else int(part) for part in parts), strict=True))


def keep(name: str) -> AfterValidator:
    """Leave a field as it is and let the later fields of the file see it under ``name``."""

    def keep_field(values: list[Any], info: ValidationInfo) -> list[Any]:
        if quotes := _context(info):
            quotes.read[name] = values
        return values

    return AfterValidator(keep_field)


class QuotedSpan(Span):
    """A span with more to say about it; the file gives the quote under ``text``."""

    @model_validator(mode="before")
    @classmethod
    def _offsets(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, dict) and "start" not in value and isinstance(value.get("text"), str):
            return value | _resolve(value["text"], info)
        return _resolve(value, info)


Quote = Annotated[Span, BeforeValidator(_resolve)]
Mentions = Annotated[list[Span], BeforeValidator(_resolve_mentions)]
IN_ORDER = BeforeValidator(_resolve_in_order)
DATED = BeforeValidator(_resolve_date)
QuotedCount = Annotated[Count, BeforeValidator(_resolve_count)]
IsoDate = Annotated[str, BeforeValidator(lambda value: value.isoformat() if isinstance(value, date) else value)]
