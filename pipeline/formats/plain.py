"""Text, JSON, JSON Lines and CSV. Line formats are streamed, so memory does not grow with the file."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from pipeline.articles import Notice
from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.formats.base import Found, Part, Unread, bom, decode, whole

MAX_HEADLINE = 300
"""A first line longer than this many characters is a paragraph, not a headline."""

_CHUNK = 2**18  # bytes of a JSON file that are read at a time
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_SPACES = re.compile(r"[ \t\r\n,]*")


def read_text(stream: io.BufferedReader) -> Iterator[Part]:
    """``.txt`` and ``.md``: an optional YAML front matter, then the text, whose first line is the title."""
    text, notices = decode(whole(stream))
    values: dict[str, Any] = {}
    match = _FRONT_MATTER.match(text)
    if match:
        try:
            # BaseLoader keeps every value the string that it is: no dates, numbers or objects are made up
            front = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506  # makes strings, lists and dicts only
        except (yaml.YAMLError, RecursionError):
            front = None
        if isinstance(front, dict):
            values = {key: value for key, value in front.items() if value not in ("", "null", "~")}
            text = text[match.end() :]
        else:
            notices += (Notice("front_matter", "the text begins with '---' but not with YAML keys; kept as text"),)
    lines = [line for line in text.split("\n", 50) if line.strip()]
    headline = lines[0].strip().lstrip("#").strip() if len(lines) > 1 and len(lines[0]) <= MAX_HEADLINE else None
    yield Found(None, {**values, "text": text}, headline or None, notices)


def read_jsonl(stream: io.BufferedReader) -> Iterator[Part]:
    """``.jsonl``: one object a line; ``row`` is the line number, blank lines are passed over."""
    for row, line in _lines(stream):
        try:
            if isinstance(line, InputError):
                raise line
            text, notices = line
            if text.strip(" \t\r\n"):
                yield Found(row, _object(_parse_json(text)), None, notices)
        except InputError as error:
            yield Unread(row, error)


def read_json(stream: io.BufferedReader) -> Iterator[Part]:
    """``.json``: one object, or a list of objects, which is streamed. After an error the rest cannot be read."""
    encoding = bom(stream.peek(4)) or "utf-8"
    chunks = _chunks(stream, codecs.getincrementaldecoder(encoding)())
    buffer = next(chunks, "")
    while not buffer.strip() and (more := next(chunks, "")):
        buffer = more
    if not buffer.lstrip().startswith("["):
        parts = [buffer]
        for chunk in chunks:
            parts.append(chunk)
            if len(parts) > base.MAX_BYTES // _CHUNK:
                raise InputError("too_long", f"one JSON object larger than {base.MAX_BYTES:,} bytes")
        yield Found(None, _object(_parse_json("".join(parts))))
        return
    yield from _list_elements(buffer.lstrip()[1:], chunks)


def _chunks(stream: io.BufferedReader, decoder: codecs.IncrementalDecoder) -> Iterator[str]:
    data = b"start"
    while data:
        data = stream.read(_CHUNK)
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise InputError("not_text", f"the JSON is not {error.encoding}") from error
        if text:
            yield text


def _list_elements(buffer: str, chunks: Iterator[str]) -> Iterator[Part]:
    decode_json = json.JSONDecoder().raw_decode
    row, at, ended = 1, 0, False
    while True:
        at = _SPACES.match(buffer, at).end()  # type: ignore[union-attr]  # matches nothing at least
        if buffer[at : at + 1] == "]":
            return
        try:
            value, end = decode_json(buffer, at)
            # a number at the end of what is read so far may go on in the next chunk
            complete = end < len(buffer) or ended
        except (ValueError, RecursionError) as error:
            if ended or len(buffer) - at > base.MAX_BYTES or isinstance(error, RecursionError):
                message = f"element {row} is not valid JSON ({error}); the rest of the list was not read"
                yield Unread(row, InputError("bad_json", message))
                return
            complete = False
        if complete:
            try:
                yield Found(row, _object(value))
            except InputError as error:
                yield Unread(row, error)
            row, at = row + 1, end
            continue
        # at least as much again, so that a long element is not parsed anew for every chunk
        more, wanted = [], len(buffer) - at
        while wanted >= 0 and (chunk := next(chunks, "")):
            more.append(chunk)
            wanted -= len(chunk)
        ended = not more
        buffer, at = buffer[at:] + "".join(more), 0


def read_csv(stream: io.BufferedReader) -> Iterator[Part]:
    """``.csv`` with a header that names ``text``; comma, semicolon or tab. ``row`` counts the rows below the header."""
    notices: list[Notice] = []
    damage: list[InputError] = []

    def lines() -> Iterator[str]:
        for _, line in _lines(stream):
            if isinstance(line, InputError):
                # the row that this line belongs to is lost, but the reader must see that there was a line
                damage.append(line)
                yield "\n"
            else:
                notices.extend(line[1])
                yield line[0]

    source = lines()
    header = next(source, "")
    # the module's own limit of 128 KiB a cell would refuse long articles
    csv.field_size_limit(max(csv.field_size_limit(), base.MAX_BYTES))
    for delimiter in (",", ";", "\t"):
        columns = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
        if "text" in columns:
            break
    else:
        raise InputError("wrong_type", f"the first row names no column 'text': {header.strip()[:120]!r}")
    rows = csv.reader(source, delimiter=delimiter, strict=True)
    row = 1
    while True:
        notices.clear()
        damage.clear()
        try:
            cells = next(rows, None)
            if cells is None:
                return
            if damage:
                raise damage[0]
            if not cells:
                continue
            if len(cells) != len(columns):
                raise InputError("bad_row", f"{len(cells)} cells where the header names {len(columns)} columns")
            yield Found(row, dict(zip(columns, cells, strict=True)), None, tuple(dict.fromkeys(notices)))
        except csv.Error as error:
            yield Unread(row, InputError("bad_row", f"not valid CSV: {error}"))
        except InputError as error:
            yield Unread(row, error)
        row += 1


def _lines(stream: io.BufferedReader) -> Iterator[tuple[int, tuple[str, tuple[Notice, ...]] | InputError]]:
    """Numbered lines with their line ends, each decoded for itself, so that a bad one spoils no other."""
    mark = bom(stream.peek(4))
    row = 0
    if mark in ("utf-16", "utf-32"):
        lines = io.TextIOWrapper(stream, encoding=mark, newline="\n")  # this newline keeps line ends as they are
        try:
            for row, line in enumerate(lines, 1):
                yield row, (line, ())
        except UnicodeDecodeError:
            yield row + 1, InputError("not_text", f"not {mark} from here on; the rest of the file was not read")
        finally:
            lines.detach()
        return
    if mark:
        stream.read(len(codecs.BOM_UTF8))
    while data := stream.readline(base.MAX_BYTES):
        row += 1
        if len(data) == base.MAX_BYTES and not data.endswith(b"\n"):
            while (more := stream.readline(base.MAX_BYTES)) and not more.endswith(b"\n"):
                pass
            yield row, InputError("too_long", f"a line larger than {base.MAX_BYTES:,} bytes")
            continue
        try:
            yield row, decode(data)
        except InputError as error:
            yield row, error


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("bad_json", f"not valid JSON: {error}") from error


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError("wrong_type", f"a JSON object with 'text' is needed, not {type(value).__name__}")
    return value
