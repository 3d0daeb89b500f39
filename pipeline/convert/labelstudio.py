"""Label Studio: a JSON list of tasks, with the labelling configuration ``labelling.xml`` beside it.

Gold is written as annotations, what a program found as predictions, for people to correct. Regions are marks; closed
lists and flags are choices for each region, what is written freely are text fields for each region, arrows are
relations. What only Dateline reads stands in the task's data under ``dateline``, which Label Studio hands back
unchanged.

Offsets: Label Studio counted UTF-16 units and counts code points since 1.6, and some versions count a carriage return
with its line feed as one. Code points are written. When a task is read, every region must give the words that it says
it has; the way of counting under which that is so for all regions of a task is taken, and where there is none the task
is refused.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from pipeline.atomic import replacing
from pipeline.convert.annotation import (
    CHOICES,
    CITED,
    ENTITY,
    EVENT,
    FIGURE,
    FIGURE_LINKS,
    FLAGS,
    FREE,
    LAYERS,
    LINKS,
    MENTION,
    PARTICIPANT,
    VICTIMS,
    WHEN,
    Document,
    Link,
    Mark,
    document,
    labels_of,
    layer,
    parse,
    plain,
)
from pipeline.convert.gold import SCORED
from pipeline.errors import InputError

CONFIGURATION = "labelling.xml"
_LABELS, _TEXT = "label", "text"
_COLOURS = {
    ENTITY: "#4e79a7",
    WHEN: "#59a14f",
    EVENT: "#e15759",
    MENTION: "#ff9da7",
    PARTICIPANT: "#f28e2b",
    CITED: "#9c755f",
    FIGURE: "#b07aa1",
    VICTIMS: "#bab0ac",
}


def write(path: Path, documents: Iterable[Document], *, done: bool) -> int:
    """Write the tasks to ``path`` and the configuration beside it; returns the number of tasks.

    Args:
        done: the marks are the work of people: annotations, not predictions.

    Raises:
        ResourceError: a file cannot be written.
    """
    number = 0
    with replacing(path) as stream:
        stream.write("[")
        for number, each in enumerate(documents, 1):
            task = json.dumps(_task(each, done=done), ensure_ascii=False)
            stream.write(("," if number > 1 else "") + "\n" + task)
        stream.write("\n]\n")
    with replacing(path.with_name(CONFIGURATION)) as stream:
        stream.write(configuration())
    return number


def _task(each: Document, *, done: bool) -> dict[str, Any]:
    rest = {mark.id: mark.rest for mark in each.marks if mark.rest}
    result = [item for mark in each.marks for item in _region(each.text, mark)]
    result += [
        {"type": "relation", "from_id": link.head, "to_id": link.tail, "direction": "right", "labels": [link.label]}
        for link in each.links
    ]
    data = {"text": each.text, "id": each.id, "dateline": {"head": each.head(), "rest": rest}}
    if done:
        return {"data": data, "annotations": [{"result": result, "was_cancelled": False}]}
    return {"data": data, "predictions": [{"result": result, "model_version": "dateline"}]}


def _region(text: str, mark: Mark) -> Iterator[dict[str, Any]]:
    of = layer(mark.label)
    span = {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end]}
    base = {"id": mark.id, "to_name": _TEXT}
    yield {**base, "from_name": _LABELS, "type": "labels", "value": {**span, "labels": [mark.label]}}
    for key, value in mark.values.items():
        closed = key in CHOICES.get(of, {}) or value is True
        kind, field, told = ("choices", "choices", str(value)) if closed else ("textarea", "text", plain(value))
        content = [("yes" if value is True else told)] if closed else [told]
        where = {key: span[key] for key in ("start", "end")}
        yield {**base, "from_name": _control(of, key), "type": kind, "value": {**where, field: content}}


def _control(of: str, key: str) -> str:
    return f"{of.lower()}_{key.replace('.', '_')}"


_KEYS = {
    _control(of, key): (key, key in FLAGS.get(of, ()))
    for of in LAYERS
    for key in (*CHOICES.get(of, {}), *FLAGS.get(of, ()), *FREE.get(of, ()))
}


def configuration() -> str:
    """The labelling configuration, for the settings of a project."""
    labels = {of: (of,) if of in (WHEN, MENTION, PARTICIPANT, CITED, VICTIMS) else labels_of(of) for of in LAYERS}
    labels[ENTITY] = tuple(sorted(SCORED))
    lines = ["<View>", f'  <Labels name="{_LABELS}" toName="{_TEXT}" showInline="false">']
    for of in LAYERS:
        lines += [f"    <Label value={quoteattr(label)} background={quoteattr(_COLOURS[of])}/>" for label in labels[of]]
    lines += ["  </Labels>", f'  <Text name="{_TEXT}" value="$text" granularity="symbol"/>', "  <Relations>"]
    lines += [f"    <Relation value={quoteattr(label)}/>" for label in dict.fromkeys((*LINKS, *FIGURE_LINKS))]
    lines.append("  </Relations>")
    for of in LAYERS:
        when = f'perRegion="true" whenTagName="{_LABELS}" whenLabelValue={quoteattr(",".join(labels[of]))}'
        closed = {**CHOICES.get(of, {}), **dict.fromkeys(FLAGS.get(of, ()), ("yes",))}
        for key, choices in closed.items():
            lines.append(f'  <Header value={quoteattr(key)} size="5"/>')
            shown = "" if choices == ("yes",) else ' choice="single-radio"'
            lines.append(f'  <Choices name="{_control(of, key)}" toName="{_TEXT}" {when}{shown}>')
            lines += [f"    <Choice value={quoteattr(choice)}/>" for choice in choices]
            lines.append("  </Choices>")
        for key in FREE.get(of, ()):
            name = f'name="{_control(of, key)}" toName="{_TEXT}"'
            lines.append(f'  <TextArea {name} {when} placeholder={quoteattr(key)} maxSubmissions="1" editable="true"/>')
    return "\n".join([*lines, "</View>", ""])


def read(path: Path) -> Iterator[Document]:
    """The documents of an export, from each task's last annotation that was not cancelled, else its last prediction.

    Raises:
        InputError: it is no export with ``data.text``, or regions do not fit the text in any way of counting.
    """
    try:
        tasks = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError("bad_json", f"{path} is no JSON export of Label Studio: {error}") from error
    if not isinstance(tasks, list):
        raise InputError("wrong_type", f"{path} holds no list of tasks; export the project as JSON (not JSON-MIN)")
    for number, task in enumerate(tasks, 1):
        where = f"{path}, task {number}"
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            raise InputError("wrong_type", f"{where}: there is no data.text; export the project as JSON (not JSON-MIN)")
        made = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
        result = [*(task.get("predictions") or ()), *made][-1:]
        yield _read(data, result[0].get("result") or [] if result else [], where, number)


def _read(data: dict[str, Any], result: Sequence[dict[str, Any]], where: str, number: int) -> Document:
    text = data["text"]
    regions = [item for item in result if item.get("type") == "labels" and item.get("value", {}).get("labels")]
    at = _counting(text, [item["value"] for item in regions], where)
    own: dict[str, Any] = data["dateline"] if isinstance(data.get("dateline"), dict) else {}
    values: dict[str, dict[str, Any]] = defaultdict(dict)
    for item in result:
        if item.get("type") in ("choices", "textarea") and item.get("id") is not None:
            given = item["value"].get("choices") or item["value"].get("text") or []
            given = [given] if isinstance(given, str) else given
            key, flag = _KEYS.get(item.get("from_name", ""), (None, False))
            if key and given:
                of_choice = item["type"] == "choices"
                values[item["id"]][key] = True if flag else given[-1] if of_choice else parse(given[-1])
    rest = own.get("rest", {})
    marks = [
        Mark(
            str(item["id"]),
            item["value"]["labels"][0],
            at(item["value"]["start"]),
            at(item["value"]["end"]),
            values.get(item["id"], {}),
            rest.get(item["id"], {}),
        )
        for item in regions
    ]
    links = [
        Link(label, *ends)
        for item in result
        if item.get("type") == "relation"
        for label in item.get("labels") or ()
        for ends in [(str(item["from_id"]), str(item["to_id"]))]
        for ends in [ends[::-1] if item.get("direction") == "left" else ends]
    ]
    head = own.get("head") or {"article": _article(data, number)}
    return document(text, head, marks, links, id_=str(data.get("id") or f"task-{number}"))


def _article(data: dict[str, Any], number: int) -> dict[str, Any]:
    """What a task made by others says of its article."""
    given = {key: str(data[key]) for key in ("title", "published", "source", "url") if data.get(key)}
    return {"id": str(data.get("id") or f"task-{number}"), **given}


def _counting(text: str, values: Sequence[dict[str, Any]], where: str) -> Callable[[int], int]:
    """How offsets of a task become code points: under the first way of counting that fits all regions."""
    for width, crlf in ((1, 2), (2, 2), (1, 1), (2, 1)):
        offsets = _offsets(text, width, crlf)
        if all(_fits(text, offsets, value) for value in values):
            return offsets.__getitem__
    bad = next(value for value in values if not _fits(text, _offsets(text, 1, 2), value))
    raise InputError(
        "wrong_type",
        f"{where}: the region {bad.get('text')!r} at {bad.get('start')}–{bad.get('end')} is not what the text reads "
        "there, by code points, UTF-16 units, with or without carriage returns",
    )


def _offsets(text: str, width: int, crlf: int) -> dict[int, int]:
    """Code point offsets by the tool's; ``width`` of an astral character, ``crlf`` units for a line end of two."""
    found: dict[int, int] = {}
    count = 0
    for index, char in enumerate(text):
        found.setdefault(count, index)
        if char == "\r" and crlf == 1 and text[index + 1 : index + 2] == "\n":
            continue
        count += width if ord(char) > 0xFFFF else 1
    found.setdefault(count, len(text))
    return found


def _fits(text: str, offsets: dict[int, int], value: dict[str, Any]) -> bool:
    start, end = offsets.get(value["start"]), offsets.get(value["end"])
    if start is None or end is None:
        return False
    words = value.get("text")
    return words is None or _loose(text[start:end]) == _loose(words)


def _loose(words: str) -> str:
    return re.sub(r"\s+|\\n", " ", words).strip()
