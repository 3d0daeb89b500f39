"""Prodigy: JSON lines with ``text``, ``tokens``, ``spans`` and ``relations``.

For ``spans.manual`` and ``rel.manual``. Offsets are Python's, and tokens are cut so that every mark fits them. Prodigy
shows labels and arrows; values travel as ``values`` of their span and cannot be edited there. Examples that were
rejected or ignored are left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.atomic import replacing
from pipeline.convert.annotation import Document, Link, Mark, document, tokens
from pipeline.errors import InputError


def write(path: Path, documents: Iterable[Document], *, done: bool) -> int:
    """Write a line for each document; returns their number.

    Args:
        done: the marks are the work of people: the answer is "accept".

    Raises:
        ResourceError: the file cannot be written.
    """
    number = 0
    with replacing(path) as stream:
        for number, each in enumerate(documents, 1):  # noqa: B007  # the last one is returned
            task = _task(each) | ({"answer": "accept"} if done else {})
            stream.write(json.dumps(task, ensure_ascii=False) + "\n")
    return number


def _task(each: Document) -> dict[str, Any]:
    cut = tokens(each.text, each.marks)
    first = {token.start: number for number, token in enumerate(cut)}
    last = {token.end: number for number, token in enumerate(cut)}
    spans = {
        mark.id: {
            "start": mark.start,
            "end": mark.end,
            "token_start": first[mark.start],
            "token_end": last[mark.end],
            "label": mark.label,
        }
        for mark in each.marks
    }
    extra = {
        mark.id: {"id": mark.id}
        | ({"values": mark.values} if mark.values else {})
        | ({"rest": mark.rest} if mark.rest else {})
        for mark in each.marks
    }
    return {
        "text": each.text,
        "tokens": [
            {"text": each.text[t.start : t.end], "start": t.start, "end": t.end, "id": number, "ws": t.space}
            for number, t in enumerate(cut)
        ],
        "spans": [spans[mark.id] | extra[mark.id] for mark in each.marks],
        "relations": [
            {
                "head": spans[link.head]["token_end"],
                "child": spans[link.tail]["token_end"],
                "head_span": spans[link.head] | {"id": link.head},
                "child_span": spans[link.tail] | {"id": link.tail},
                "label": link.label,
            }
            for link in each.links
        ],
        "meta": {key: each.article[key] for key in ("id", "published", "source") if key in each.article},
        "dateline": each.head(),
    }


def read(path: Path) -> Iterator[Document]:
    """The documents of a dataset that ``prodigy db-out`` wrote.

    Raises:
        InputError: a line is no example with ``text``, or a relation has no spans.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{path}, line {number}"
            try:
                task = json.loads(line)
            except ValueError as error:
                raise InputError("bad_json", f"{where}: {error}") from error
            if not isinstance(task, dict) or not isinstance(task.get("text"), str):
                raise InputError("wrong_type", f"{where}: no 'text'; this is not a line of `prodigy db-out`")
            if task.get("answer", "accept") == "accept":
                yield _read(task, where, number)


def _read(task: dict[str, Any], where: str, number: int) -> Document:
    marks: list[Mark] = []
    by_words: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for count, span in enumerate(task.get("spans") or ()):
        try:
            mark = Mark(
                str(span.get("id", f"span-{count}")),
                span["label"],
                span["start"],
                span["end"],
                span.get("values") or {},
                span.get("rest") or {},
            )
        except (KeyError, AttributeError) as error:
            raise InputError("wrong_type", f"{where}: a span lacks {error}") from error
        marks.append(mark)
        by_words[mark.start, mark.end, mark.label].append(mark.id)

    known = {mark.id for mark in marks}

    def end(span: Any) -> str:
        if isinstance(span, dict):
            if span.get("id") in known:
                return str(span["id"])
            found = by_words.get((span.get("start", -1), span.get("end", -1), str(span.get("label"))))
            if found:
                return found[0]
        raise InputError("wrong_type", f"{where}: a relation leads to {span!r}, which is none of the spans")

    links = [
        Link(one["label"], end(one.get("head_span")), end(one.get("child_span"))) for one in task.get("relations") or ()
    ]
    meta = task.get("meta") or {}
    article = {"id": str(meta.get("id") or f"line-{number}")}
    article |= {key: str(meta[key]) for key in ("published", "source", "title", "url") if meta.get(key)}
    return document(task["text"], task.get("dateline") or {"article": article}, marks, links, id_=article["id"])
