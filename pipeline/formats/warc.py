"""WARC files (ISO 28500): the pages among the records of a crawl.

The format is simple enough to be read here, and must be: the usual readers end at the first damaged record, and take
a page that is cut short for a whole one.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from typing import IO

from pipeline.articles import Notice
from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.formats.base import Found, Part, Skipped, Unread
from pipeline.formats.pages import page

_HTML = ("text/html", "application/xhtml+xml")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
_VERSION = b"WARC/"
_LINE = 2**16  # the longest line that is read at once
_BLOCK = 2**20  # bytes that are passed over at once
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")


def read_warc(stream: io.BufferedReader) -> Iterator[Part]:
    """``.warc``: the pages that a server answered with (status 200, HTML); ``row`` is the record's number, from 1.

    ``url`` is where the page was fetched; its date is the one that the page states, not that of the crawl. Requests,
    images, redirects and the like are skipped and counted. After damage, reading goes on with the next record.
    """
    row = 0
    while True:
        lost = _find_record(stream)
        row += 1
        if lost:
            message = f"{lost:,} bytes before this record belong to none: the one before it is not as long as it says"
            yield Unread(row, InputError("unreadable", message))
            row += 1
        try:
            headers = _headers(stream)
            if headers is None:
                return
            yield from _part(stream, headers, row)
        except InputError as error:
            yield Unread(row, error)


def _find_record(stream: io.BufferedReader) -> int:
    """Go to the next line that begins a record, or to the end; how many bytes that are no blank lines were passed."""
    lost, at_start = 0, True
    while ahead := stream.peek(len(_VERSION))[: len(_VERSION)]:
        if at_start and ahead == _VERSION:
            break
        line = stream.readline(_LINE)
        at_start = line.endswith(b"\n")
        lost += len(line) if line.strip() else 0
    return lost


def _headers(stream: io.BufferedReader) -> Message | None:
    """The headers of the record that begins here; ``None`` at the end of the file."""
    if not stream.readline(_LINE):
        return None
    return _read_headers(stream, "the headers of this record cannot be read")


def _read_headers(stream: IO[bytes], problem: str) -> Message:
    import http.client  # it brings ssl along

    try:
        return http.client.parse_headers(stream)
    except http.client.HTTPException as error:
        raise InputError("unreadable", f"{problem}: {type(error).__name__}") from error


def _part(stream: io.BufferedReader, headers: Message, row: int) -> Iterator[Part]:
    stated = str(headers.get("Content-Length", "")).strip()
    if not re.fullmatch(r"[0-9]{1,15}", stated):
        raise InputError("unreadable", "the record does not say how long it is")
    size = int(stated)
    if headers.get("WARC-Type") != "response":
        _pass(stream, size)
        yield Skipped("not_a_response")
        return
    if size > base.MAX_BYTES:
        _pass(stream, size)
        raise InputError("too_long", f"a record larger than {base.MAX_BYTES:,} bytes")
    payload = stream.read(size)
    if len(payload) < size:
        raise InputError("unreadable", "the file ends in the middle of this record")
    status, fields, body = _response(payload)
    if status != 200:
        yield Skipped("not_status_200")
    elif fields.get_content_type() not in _HTML:
        yield Skipped("not_html")
    else:
        body = _unpacked(_unchunked(body, fields), fields)
        url = str(headers.get("WARC-Target-URI", "")).strip("<> ") or None
        found = page(body, row=row, charset=fields.get_content_charset(), url=url)
        yield _with_notice(found, headers.get("WARC-Truncated"))


def _pass(stream: io.BufferedReader, size: int) -> None:
    while size > 0 and (data := stream.read(min(size, _BLOCK))):
        size -= len(data)
    if size:
        raise InputError("unreadable", "the file ends in the middle of this record")


def _with_notice(found: Found, truncated: str | None) -> Found:
    if not truncated:
        return found
    notice = Notice("truncated", f"the crawler kept only the beginning of the page ({truncated[:40]})")
    return replace(found, notices=(*found.notices, notice))


def _response(payload: bytes) -> tuple[int, Message, bytes]:
    stream = io.BytesIO(payload)
    status = _STATUS.match(stream.readline(1000))
    if status is None:
        raise InputError("unreadable", "the record holds no HTTP response")
    fields = _read_headers(stream, "the HTTP headers cannot be read")
    return int(status[1]), fields, stream.read()


def _unchunked(body: bytes, fields: Message) -> bytes:
    """The body without chunk lengths; crawlers that took them out often left the header in."""
    if "chunked" not in str(fields.get("Transfer-Encoding", "")).lower() or not _CHUNK.match(body):
        return body
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        at = match.end() + size
        parts.append(body[match.end() : at])
        at += 2 if body[at : at + 2] == b"\r\n" else 0
    raise InputError("unreadable", "the page is cut off in the middle of its chunks")


def _unpacked(body: bytes, fields: Message) -> bytes:
    """The body as the server had it before it was compressed; crawlers unpack it and often leave the header in."""
    coding = str(fields.get("Content-Encoding", "identity")).strip().lower()
    if coding in ("", "identity") or body[:200].lstrip().startswith(b"<"):
        return body
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, 31) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        return _inflated(body, 15 if body[:1] == b"\x78" else -15)
    raise InputError("unreadable", f"the page is compressed as {coding[:20]!r}; gzip and deflate are read")


def _inflated(body: bytes, window: int) -> bytes:
    inflate = zlib.decompressobj(window)
    try:
        data = inflate.decompress(body, base.MAX_BYTES + 1)
    except zlib.error as error:
        raise InputError("unreadable", "the compressed page is damaged") from error
    if len(data) > base.MAX_BYTES:
        raise InputError("too_long", f"a page larger than {base.MAX_BYTES:,} bytes")
    if not inflate.eof:
        raise InputError("unreadable", "the compressed page is cut off")
    return data
