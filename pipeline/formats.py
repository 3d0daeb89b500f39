"""The input formats: bytes in, unchecked article values out.

Each reader takes a binary stream and yields :class:`Found` values one at a time; a part that cannot be read is
yielded as an :class:`~pipeline.errors.InputError` beside its row number, and the rest goes on. Line formats are
streamed, so memory does not grow with the file.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from pipeline.articles import Notice
from pipeline.errors import InputError

MAX_BYTES = 64 * 2**20
"""Largest single document (file, JSON line, element of a JSON list, CSV row) that is read into memory, in bytes."""

MAX_HEADLINE = 300
"""A first line longer than this many characters is a paragraph, not a headline."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 2**18  # bytes of a JSON file that are read at a time
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ASCII = bytes(range(128))
_SPACES = re.compile(r"[ \t\r\n,]*")


@dataclass(frozen=True, slots=True)
class Found:
    """What a format gives for one article. ``row`` counts from 1 and is ``None`` where the file is one article."""

    row: int | None
    values: dict[str, Any]
    headline: str | None = None
    notices: tuple[Notice, ...] = ()


Part = Found | tuple[int | None, InputError]
Reader = Callable[[io.BufferedReader], Iterator[Part]]


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, tuple[Notice, ...]]:
    """Text of bytes whose encoding is not known for sure; a byte order mark is not part of the text.

    UTF-8 is tried first. Mostly ASCII bytes that are not UTF-8 are read as Windows-1252, the usual encoding of older
    English text; anything else is left to charset-normalizer. A guess comes with a notice.

    Raises:
        InputError: ``not_text``.
    """
    for encoding in filter(None, (_bom(data) or "utf-8", declared)):
        try:
            return _text(data.decode(encoding)), ()
        except (UnicodeDecodeError, LookupError):
            continue
    if b"\0" in data:
        raise InputError("not_text", "the bytes are binary data, not text")
    if len(data.translate(None, _ASCII)) * 10 < len(data):
        try:
            text, guessed = data.decode("cp1252"), "windows-1252"
        except UnicodeDecodeError:
            text, guessed = data.decode("latin-1"), "latin-1"
    else:
        import charset_normalizer

        best = charset_normalizer.from_bytes(data).best()
        if best is None:
            raise InputError("not_text", "the bytes are no text in any known encoding")
        text, guessed = str(best), best.encoding
    return _text(text), (Notice("encoding_guessed", f"the text is not UTF-8; it was read as {guessed}"),)


def _text(text: str) -> str:
    """``text`` itself, unless it is full of control characters: binary data that decodes by accident."""
    head = text[:4096]
    if len(_CONTROLS.findall(head)) * 20 > len(head):
        raise InputError("not_text", "the bytes are binary data, not text")
    return text


def _read(stream: io.BufferedReader) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError("too_long", f"larger than {MAX_BYTES:,} bytes")
    return data


def read_text(stream: io.BufferedReader) -> Iterator[Part]:
    """``.txt`` and ``.md``: an optional YAML front matter, then the text, whose first line is the title."""
    text, notices = decode(_read(stream))
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


def read_html(stream: io.BufferedReader) -> Iterator[Part]:
    """``.html``: main text, title and the date that the markup states, by trafilatura."""
    data = _read(stream)
    declared = _META_CHARSET.search(data[:4096])
    page, notices = decode(data, declared=declared[1].decode("ascii") if declared else None)
    import trafilatura

    try:
        found: Any = trafilatura.bare_extraction(
            page,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # a parser of other people's pages: no page may end the batch
        raise InputError("unreadable", f"the page could not be parsed: {type(error).__name__}: {error}") from error
    values = {} if found is None else found.as_dict()
    if not values.get("text"):
        raise InputError("empty", "no main text was found in the page")
    title, body = values.get("title"), values["text"]
    headline = None
    if title and body.startswith(title):
        title, headline = None, title
    names = {"date": "published", "sitename": "source", "url": "url"}
    # one line is one paragraph of the page, and a blank line is what parts paragraphs in every other format
    fields = {"text": body.replace("\n", "\n\n"), "title": title}
    yield Found(None, fields | {ours: values.get(theirs) for theirs, ours in names.items()}, headline, notices)


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
            yield row, error


def read_json(stream: io.BufferedReader) -> Iterator[Part]:
    """``.json``: one object, or a list of objects, which is streamed. After an error the rest cannot be read."""
    encoding = _bom(stream.peek(4)) or "utf-8"
    chunks = _chunks(stream, codecs.getincrementaldecoder(encoding)())
    buffer = next(chunks, "")
    while not buffer.strip() and (more := next(chunks, "")):
        buffer = more
    if not buffer.lstrip().startswith("["):
        whole = [buffer]
        for chunk in chunks:
            whole.append(chunk)
            if len(whole) > MAX_BYTES // _CHUNK:
                raise InputError("too_long", f"one JSON object larger than {MAX_BYTES:,} bytes")
        yield Found(None, _object(_parse_json("".join(whole))))
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
            if ended or len(buffer) - at > MAX_BYTES or isinstance(error, RecursionError):
                message = f"element {row} is not valid JSON ({error}); the rest of the list was not read"
                yield row, InputError("bad_json", message)
                return
            complete = False
        if complete:
            try:
                yield Found(row, _object(value))
            except InputError as error:
                yield row, error
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
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
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
            yield row, InputError("bad_row", f"not valid CSV: {error}")
        except InputError as error:
            yield row, error
        row += 1


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
}
"""Which reader reads which kind of file."""


def sniff(stream: io.BufferedReader) -> str:
    """The suffix that fits a stream without a name, told from its first bytes; plain text where nothing else does."""
    head = stream.peek(256)[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{"):
        return ".jsonl"
    if re.match(rb"\[\s*\{", head):
        return ".json"
    if head.startswith((b"<!doctype html", b"<html")):
        return ".html"
    return ".txt"


def _lines(stream: io.BufferedReader) -> Iterator[tuple[int, tuple[str, tuple[Notice, ...]] | InputError]]:
    """Numbered lines with their line ends, each decoded for itself, so that a bad one spoils no other."""
    bom = _bom(stream.peek(4))
    row = 0
    if bom in ("utf-16", "utf-32"):
        lines = io.TextIOWrapper(stream, encoding=bom, newline="\n")  # this newline keeps line ends as they are
        try:
            for row, line in enumerate(lines, 1):
                yield row, (line, ())
        except UnicodeDecodeError:
            yield row + 1, InputError("not_text", f"not {bom} from here on; the rest of the file was not read")
        finally:
            lines.detach()
        return
    if bom:
        stream.read(len(codecs.BOM_UTF8))
    while data := stream.readline(MAX_BYTES):
        row += 1
        if len(data) == MAX_BYTES and not data.endswith(b"\n"):
            while (more := stream.readline(MAX_BYTES)) and not more.endswith(b"\n"):
                pass
            yield row, InputError("too_long", f"a line larger than {MAX_BYTES:,} bytes")
            continue
        try:
            yield row, decode(data)
        except InputError as error:
            yield row, error


def _bom(head: bytes) -> str | None:
    return next((name for mark, name in _BOMS if head.startswith(mark)), None)


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("bad_json", f"not valid JSON: {error}") from error


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError("wrong_type", f"a JSON object with 'text' is needed, not {type(value).__name__}")
    return value
