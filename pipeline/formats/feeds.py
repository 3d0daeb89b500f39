"""RSS and Atom files: one article for each entry, by feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pipeline.articles import Notice
from pipeline.errors import InputError
from pipeline.formats.base import Found, Part, Unread, whole
from pipeline.formats.pages import fragment_text

_ENTRY = re.compile(rb"<(?:[A-Za-z]\w*:)?(?:item|entry)[\s>]")


def read_feed(stream: io.BufferedReader) -> Iterator[Part]:
    """``.rss``, ``.atom``, ``.xml``: each entry's full content, or its summary where there is none, as text.

    ``published`` is the entry's date of publication, never of its last change; ``source`` is the feed's title. A feed
    that is not well-formed is read as far as its entries can be told apart, with a notice.
    """
    data = whole(stream)
    import feedparser

    try:
        # a stream: bytes might be taken for a file's name or an address
        feed: Any = feedparser.parse(io.BytesIO(data))
    except Exception as error:  # a parser of other people's feeds: no feed may end the batch
        raise InputError("unreadable", f"the feed could not be parsed: {type(error).__name__}") from error
    if not feed.entries and not feed.get("version"):
        raise InputError("wrong_type", "this XML is no RSS or Atom feed")
    notices = tuple(_notices(feed))
    source = feed.feed.get("title")
    for row, entry in enumerate(feed.entries, 1):
        try:
            yield Found(row, _values(entry, source), None, notices)
        except InputError as error:
            yield Unread(row, error)
    lost = len(_ENTRY.findall(data)) - len(feed.entries)
    if notices and lost > 0:
        message = f"the feed is damaged: {lost} more of its entries begin but could not be told apart"
        yield Unread(len(feed.entries) + 1, InputError("unreadable", message))


def _notices(feed: Any) -> Iterator[Notice]:
    problem = feed.get("bozo_exception") if feed.get("bozo") else None
    kind = type(problem).__name__
    if kind == "CharacterEncodingOverride":
        yield Notice(
            "encoding_guessed", f"the feed is not in the encoding that it names; it was read as {feed.encoding}"
        )
    elif problem is not None:
        yield Notice("damaged_feed", f"the feed is not well-formed XML ({kind}); its entries may be incomplete")


def _values(entry: Any, source: str | None) -> dict[str, Any]:
    contents = [*(content for content in entry.get("content", ())), entry.get("summary_detail") or {}]
    # the same content may be given as plain text and as HTML: the longest says most
    text = max((_plain(content) for content in contents), key=len)
    own_source = (entry.get("source") or {}).get("title")
    return {
        "id": entry.get("id"),
        "title": " ".join(_plain(entry.get("title_detail") or {}).split()),
        # an entry of one headline is an article of one sentence
        "text": text or _plain(entry.get("title_detail") or {}),
        "published": entry.get("published"),
        "source": own_source or source,
        "url": entry.get("link"),
    }


def _plain(content: Any) -> str:
    value = content.get("value") or ""
    return value.strip() if content.get("type") == "text/plain" and "<" not in value else fragment_text(value)
