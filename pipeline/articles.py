"""What comes in: articles ready to be analysed, and the inputs that could not become one.

Nothing is lost without a word: every input ends as a :class:`RawArticle` or as a :class:`Failure` whose reason is one
of :data:`REASONS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from pipeline.errors import InputError
from pipeline.repair import repair_text

REASONS: dict[str, str] = {
    "unreadable": "the file, folder or stream cannot be read: no permission, gone, broken link, damaged",
    "not_text": "the bytes are no text in any encoding, or the text holds half a surrogate pair",
    "empty": "there is no text in it, or no article in the file",
    "too_long": "the text is longer than run.max_chars, or the document larger than can be read at once",
    "wrong_type": "a kind of file that is not read, or a value that is not text where text must be",
    "bad_json": "not valid JSON (a truncated line, for instance)",
    "bad_row": "a CSV row that does not fit the header",
    "stage_error": "a stage failed on it; the failure names the stage",
    "timeout": "it took longer than run.timeout_s; the failure names the stage that was at work then",
    "worker_died": "the process that worked on it ended, and again when it was given this article alone",
}
"""The closed list of reasons in ``failures.jsonl``."""

SKIPS: dict[str, str] = {
    "not_a_response": "a WARC record that is no answer of a server: a request, metadata, a revisit",
    "not_status_200": "an answer in a WARC file that is not the page asked for: a redirect, an error",
    "not_html": "an answer in a WARC file that is no page: an image, a script, a PDF",
    "too_early": "published before --since",
    "no_date": "without a date of publication, where --since asks for one",
    "not_in_sample": "left out by --sample",
}
"""What is passed over on purpose: counted under ``skipped_by_reason`` in ``stats.json``, not in ``failures.jsonl``."""

_DATE_FORMATS = ("%Y%m%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")
_ISO_DATE = re.compile(r"(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ].*)?", re.DOTALL)
_MAIL_DATE = re.compile(r"(?:[A-Za-z]{3,9}, *)?\d{1,2} [A-Za-z]{3} \d{4} \d\d?:\d\d.*|[A-Za-z]{3,9}, .*", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about an input that became an article all the same."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article before analysis.

    ``text`` is the analysed text, to the character. Where the input gives a separate title it is
    ``title + "\\n\\n" + body`` and ``body_start`` is the offset of the body; otherwise ``body_start`` is 0.
    ``published`` is an ISO date. ``path`` is relative to the input folder.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    path: str | None = None
    body_start: int = 0
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that became no record: ``reason`` is a key of :data:`REASONS`, ``stage`` the one at fault, if any."""

    id: str
    path: str | None
    reason: str
    message: str
    stage: str | None = None


def make_article(
    values: Mapping[str, object],
    *,
    default_id: str,
    path: str | None = None,
    headline: str | None = None,
    notices: tuple[Notice, ...] = (),
    max_chars: int | None = None,
    repair: bool = False,
) -> RawArticle:
    """Check what an input gives and compose the analysed text.

    Args:
        values: ``text`` and optionally ``id``, ``title``, ``published``, ``source``, ``url``; other keys are ignored.
        default_id: the id where ``values`` has none.
        headline: a title that is part of the text already.
        repair: undo wrong decoding (see :mod:`pipeline.repair`). Whoever holds the text himself wants it left alone,
            because offsets refer to the repaired one.

    Raises:
        InputError: no text, not text, or too long.
    """
    told = list(notices)
    text = values.get("text")
    if not isinstance(text, str):
        found = "there is no 'text'" if text is None else f"'text' is {_kind(text)}"
        raise InputError("wrong_type", f"{found}; an article needs 'text', a string")
    given = {key: _optional_text(values.get(key), key, told) for key in ("id", "title", "source", "url")}
    for key, value in (("text", text), *given.items()):
        if value is not None and (half := _SURROGATE.search(value)):
            raise InputError("not_text", f"{key!r} holds half a surrogate pair at offset {half.start()}")
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise InputError("empty", "there is no text in it")
    if repair:
        text, headline = _repaired(text, "text", told) or text, _repaired(headline, "title", [])
        given |= {key: _repaired(given[key], key, told) for key in ("title", "source")}
    title = given["title"]
    body_start = 0
    if title is not None:
        body_start = len(title) + 2
        text = f"{title}\n\n{text}"
    if max_chars is not None and len(text) > max_chars:
        raise InputError(
            "too_long",
            f"{len(text):,} characters, more than run.max_chars ({max_chars:,}) allows; cut it into its articles, or "
            f"raise the limit (and run.timeout_s): --set run.max_chars={_round_up(len(text))}",
        )
    if controls := _CONTROL.findall(text):
        first = f"the first (U+{ord(controls[0]):04X}) at {text.index(controls[0])}"
        told.append(Notice("control_characters", f"{len(controls):,} control characters were kept, {first}"))
    return RawArticle(
        id=given["id"] or default_id,
        text=text,
        title=title or headline,
        published=_published(values.get("published"), told),
        source=given["source"],
        url=given["url"],
        path=path,
        body_start=body_start,
        notices=tuple(told),
    )


def iso_date(value: str) -> str | None:
    """The calendar date of a time stamp as it is written, ``YYYY-MM-DD``; ``None`` where it cannot be told.

    Reads ISO 8601 (also with a blank for the T, or slashes), e-mail dates, ``27 August 2020`` and ``August 27, 2020``.
    Dates such as 03/04/2020, which mean different days to different readers, are not read.
    """
    value = value.strip()
    match = _ISO_DATE.fullmatch(value)
    try:
        if match:
            return date(int(match[1]), int(match[3]), int(match[4])).isoformat()
        if _MAIL_DATE.fullmatch(value):
            return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return None
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(value, form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    return None


def _repaired(value: str | None, key: str, told: list[Notice]) -> str | None:
    if not value:
        return value
    fixed, example = repair_text(value)
    if example is not None:
        before, after = example
        message = f"{key!r} was decoded wrongly before it came here and was repaired, as from {before!r} to {after!r}"
        told.append(Notice("mojibake_repaired", f"{message}; offsets refer to the repaired text"))
    return fixed


def _round_up(number: int) -> int:
    """The next number of two digits and zeros: 1,234,567 becomes 1,300,000."""
    unit: int = 10 ** max(0, len(str(number)) - 2)
    return -(-number // unit) * unit


def _published(value: object, told: list[Notice]) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str | int) and not isinstance(value, bool):
        found = iso_date(str(value))
        if found:
            return found
    told.append(Notice("bad_date", f"'published' is no date that can be told for sure: {str(value)[:60]!r}; left out"))
    return None


def _optional_text(value: object, key: str, told: list[Notice]) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and key == "id":
        return str(value)
    if value is None or isinstance(value, str):
        return value.strip() or None if value else None
    told.append(Notice("field_ignored", f"{key!r} is {_kind(value)}, not text; left out"))
    return None


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), f"of type {type(value).__name__}")
