"""Stage ``dates``: every date expression as a range of days.

:mod:`pipeline.timex` finds and resolves the expressions; this stage tells it what the words alone do not say: the
date of publication, and whether the verb beside a date speaks of what is past or to come.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from pydantic import BaseModel, ConfigDict
from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline import facts, trace
from pipeline.records import DateValue
from pipeline.resources import load_yaml
from pipeline.timex import Resolver, Tense, find_in, text_date

STAGE = "dates"
_WILL = frozenset({"will", "shall", "'ll", "’ll", "would", "wo"})
_BE = frozenset({"is", "are", "'s", "’s", "'re", "’re"})


class Options(BaseModel):
    """``text_dates``: where the date of publication is not given, take the one that the text gives itself, in its
    dateline or beside a word such as "posted"."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text_dates: bool = True


@lru_cache(maxsize=1)
def _ahead() -> frozenset[str]:
    return frozenset(load_yaml("lexicons", "dates.yaml")["ahead"])


def tense_beside(doc: Doc, start: int, end: int) -> Tense | None:
    """Whether the verb that governs the date at ``[start, end)`` speaks of the past or of what is to come.

    The nearest verb before the date in its sentence decides; for a date that opens its sentence, the first after it.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    sentence = span.sent
    infinitive = False
    if span.start > sentence.start and doc[span.start - 1].lower_ == "for":
        return "future"  # "called a strike for Friday"
    for index in range(span.start - 1, sentence.start - 1, -1):
        token = doc[index]
        tense = _tense_of(token, infinitive)
        if tense is not None:
            return tense
        infinitive = infinitive or (token.tag_ == "VB" and index > 0 and doc[index - 1].tag_ == "TO")
    for index in range(span.end, sentence.end):
        tense = _tense_of(doc[index], False)
        if tense is not None:
            return tense
    return None


def _tense_of(token: Token, infinitive: bool) -> Tense | None:
    word, tag = token.lower_, token.tag_
    if tag == "MD":
        return "future" if word in _WILL else None
    if infinitive and word in _ahead():
        return "future"
    if tag == "VBD":
        return "past"
    if tag == "VBN":
        before = [token.nbor(-step).lower_ for step in (1, 2) if token.i >= step]
        return "future" if before == ["be", "to"] else None if before[:1] == ["be"] else "past"
    if tag in ("VBZ", "VBP") and word in _BE and infinitive:
        return "future"
    if tag == "VBG" and token.i and token.nbor(-1).lower_ in _BE:
        return "future"
    return None


def read_dates(doc: Doc, *, published: date | None = None, text_dates: bool = True) -> list[DateValue]:
    """The date expressions of a parsed ``Doc`` in text order; unresolved ones have neither days nor precision.

    Args:
        published: the date that relative expressions count from.
        text_dates: see :class:`Options`.
    """
    article = facts.read_text(doc)
    timexes = find_in(doc)
    base = published
    if base is None and text_dates:
        base = text_date(article, timexes)
    resolver = Resolver(base, lambda start, end: tense_beside(doc, start, end), article)
    values = []
    for timex, days in zip(timexes, resolver.resolve(timexes), strict=True):
        text = article[timex.start : timex.end]
        values.append(
            DateValue(
                start=timex.start,
                end=timex.end,
                text=text,
                earliest=days.first.isoformat() if days else None,
                latest=days.last.isoformat() if days else None,
                precision=days.precision if days else None,
            )
        )
        if trace.on():
            detail = f"{days.first} to {days.last}, by the {days.precision}" if days else "unresolved"
            trace.note(STAGE, "added", timex.start, timex.end, text, timex.rule, detail)
    return values


def add_dates(doc: Doc, options: Options) -> Doc:
    """Store the facts ``dates``; the date of publication is the article's."""
    facts.demand(doc, STAGE, "TAG")
    article = facts.article(doc)
    published = date.fromisoformat(article.published[:10]) if article and article.published else None
    facts.put(doc, STAGE, read_dates(doc, published=published, text_dates=options.text_dates))
    return doc


@Language.factory(
    "dateline_dates", requires=["token.tag"], assigns=["doc._.dateline_dates"], default_config={"text_dates": True}
)
def make_dates(nlp: Language, name: str, text_dates: bool) -> Callable[[Doc], Doc]:
    """The component of stage ``dates``."""
    options = Options.model_validate({"text_dates": text_dates})
    return lambda doc: add_dates(doc, options)
