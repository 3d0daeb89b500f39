"""CoNLL: one token a line, BIO labels in a column for each layer, in the frame of CoNLL-U Plus.

::

    # global.columns = ID FORM MISC DATELINE:ENTITY DATELINE:WHEN DATELINE:EVENT …
    # newdoc id = basra-blast
    # dateline = {"text": …, "head": …}
    1	BAGHDAD	TokenRange=16:23|SpaceAfter=No	B-GPE	O	O	…

``TokenRange`` are offsets in code points into the text, which the comment ``dateline`` holds as JSON: that is how the
text comes back to the character. A column holds what does not overlap; of marks that do, the one that begins first is
kept, of two that begin together the longer. Values, arrows and ids have no place here and are lost.

Files of others are read, too: blank lines between sentences, the word in the column FORM (the first where the columns
are not named), BIO in the columns named above (the last where they are not). Their text is what ``# text`` says, or the
words with blanks between them and a line for each sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.atomic import replacing
from pipeline.convert.annotation import ENTITY, LAYERS, PREFIXES, Document, Mark, document, in_layer, tokens
from pipeline.errors import InputError

_COLUMNS = {f"DATELINE:{layer}": layer for layer in LAYERS}
_RANGE = re.compile(r"TokenRange=(\d+):(\d+)")


def held(each: Document) -> Document:
    """What this format holds of a document."""
    marks = []
    for layer in LAYERS:
        for number, mark in enumerate(_apart(in_layer(each.marks, layer))):
            marks.append(Mark(f"{PREFIXES[layer]}{number}", mark.label, mark.start, mark.end))
    return replace(each, marks=tuple(marks), links=(), rest={})


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """Marks that do not overlap, in text order: the first of those that do, the longer of two that begin together."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.label)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def write(path: Path, documents: Iterable[Document], *, done: bool) -> int:
    """Write the file; returns the number of documents. ``done`` makes no difference.

    Raises:
        ResourceError: the file cannot be written.
    """
    number = 0
    with replacing(path) as stream:
        stream.write(f"# global.columns = ID FORM MISC {' '.join(_COLUMNS)}\n")
        for number, each in enumerate(documents, 1):  # noqa: B007  # the last one is returned
            stream.writelines(f"{line}\n" for line in _lines(held(each)))
    return number


def _lines(each: Document) -> Iterator[str]:
    labels = [_bio(in_layer(each.marks, layer)) for layer in LAYERS]
    begins, ends = {mark.start for mark in each.marks}, {mark.end for mark in each.marks}
    sentences = list(each.sentences or ((0, len(each.text)),))
    starts = iter([start for start, _ in sentences[1:]])
    border = next(starts, len(each.text) + 1)
    yield f"# newdoc id = {' '.join(each.id.split())}"
    yield f"# dateline = {json.dumps({'text': each.text, 'head': each.head()})}"
    number = 0
    for token in tokens(each.text, each.marks):
        form = each.text[token.start : token.end]
        if form.isspace() and token.start not in begins and token.end not in ends:
            continue
        if token.start >= border and number:
            yield ""
            number = 0
            while token.start >= border:
                border = next(starts, len(each.text) + 1)
        number += 1
        misc = f"TokenRange={token.start}:{token.end}" + ("" if token.space else "|SpaceAfter=No")
        word = "".join("_" if char.isspace() or not char.isprintable() else char for char in form)
        yield "\t".join([str(number), word, misc, *(bio(token.start) for bio in labels)])
    yield ""


def _bio(marks: Sequence[Mark]) -> Any:
    def label(start: int) -> str:
        mark = next((mark for mark in marks if mark.start <= start < mark.end), None)
        return "O" if mark is None else f"{'B' if mark.start == start else 'I'}-{mark.label}"

    return label


@dataclass
class _Block:
    """A document while it is being read."""

    id: str | None = None
    own: dict[str, Any] | None = None
    texts: list[str] = field(default_factory=list)
    sentences: list[list[list[str]]] = field(default_factory=lambda: [[]])


def read(path: Path) -> Iterator[Document]:
    """The documents of a file; one without ``# newdoc`` is one document.

    Raises:
        InputError: there is no line with columns.
    """
    columns: list[str] | None = None
    block = _Block()
    number = 0
    for line in path.read_bytes().decode("utf-8-sig").split("\n"):
        line = line.rstrip("\r")  # noqa: PLW2901
        key, _, value = line.removeprefix("#").partition("=")
        key, value = key.strip(), value.strip()
        if line.startswith("# global.columns"):
            columns = value.split()
        elif line.startswith(("# newdoc", "-DOCSTART-")):
            if any(block.sentences):
                number += 1
                yield _read(block, columns, path, number)
            block = _Block(id=value or None)
        elif line.startswith("# dateline ="):
            block.own = json.loads(value)
        elif line.startswith("# text ="):
            block.texts.append(value)
        elif not line.strip():
            if block.sentences[-1]:
                block.sentences.append([])
        elif not (line.startswith("#") and "\t" not in line):
            block.sentences[-1].append(line.split("\t") if "\t" in line else line.split())
    if any(block.sentences):
        yield _read(block, columns, path, number + 1)
    elif not number:
        raise InputError("wrong_type", f"{path} holds no lines of words with labels")


def _read(block: _Block, columns: list[str] | None, path: Path, number: int) -> Document:
    name = block.id or f"{path.stem}-{number}"
    sentences = [rows for rows in block.sentences if rows]
    form = columns.index("FORM") if columns and "FORM" in columns else 0
    places = [(layer, columns.index(name)) for name, layer in _COLUMNS.items() if columns and name in columns]
    places = places or [(ENTITY, -1)]
    try:
        if block.own is not None:
            text, head = block.own["text"], block.own["head"]
            spans = [[_own_range(row) for row in rows] for rows in sentences]
        else:
            text, spans = _composed(sentences, form, block.texts)
            head = {"article": {"id": name}, "sentences": [[rows[0][0], rows[-1][1]] for rows in spans]}
        marks: list[Mark] = []
        for layer, column in places:
            of_rows = [
                (row[column], span)
                for rows, at in zip(sentences, spans, strict=True)
                for row, span in zip(rows, at, strict=True)
            ]
            marks += _marks(of_rows, PREFIXES[layer])
    except (LookupError, ValueError, TypeError) as error:
        raise InputError(
            "wrong_type", f"{path}, document {name!r}: a line lacks a column or an offset: {error}"
        ) from error
    return document(text, head, marks, (), id_=name)


def _own_range(row: Sequence[str]) -> tuple[int, int]:
    match = _RANGE.search(row[2])
    if match is None:
        raise ValueError(f"no TokenRange in {row[2]!r}")
    return int(match[1]), int(match[2])


def _composed(
    sentences: Sequence[Sequence[Sequence[str]]], form: int, texts: Sequence[str]
) -> tuple[str, list[list[tuple[int, int]]]]:
    """Text of words, with the offsets of each: as ``# text`` says, else with blanks between them."""
    lines: list[str] = []
    spans: list[list[tuple[int, int]]] = []
    base = 0
    for number, rows in enumerate(sentences):
        line = texts[number] if len(texts) == len(sentences) else " ".join(row[form] for row in rows)
        at = 0
        own: list[tuple[int, int]] = []
        for row in rows:
            at = line.index(row[form], at)
            own.append((base + at, base + at + len(row[form])))
            at += len(row[form])
        lines.append(line)
        spans.append(own)
        base += len(line) + 1
    return "\n".join(lines), spans


def _marks(rows: Iterable[tuple[str, tuple[int, int]]], prefix: str) -> Iterator[Mark]:
    number = 0
    current: Mark | None = None
    for bio, (start, end) in rows:
        kind, _, label = bio.partition("-")
        if kind == "I" and current is not None and current.label == label:
            current = replace(current, end=end)
            continue
        if current is not None:
            yield current
        current = Mark(f"{prefix}{number}", label, start, end) if kind in ("B", "I") and label else None
        number += current is not None
    if current is not None:
        yield current
