"""brat standoff: a folder with ``NAME.txt``, ``NAME.ann`` and the configuration of the tool.

Offsets are code points, as brat counts them. Every mark is a text-bound annotation; the trigger of an event has an
event line as well, whose arguments are its arrows. Other arrows are relations, closed lists and flags are attributes,
what is written freely is an ``AnnotatorNotes`` line of ``key=value; key=value``, which brat lets people edit, and what
only Dateline reads is a ``Dateline`` note. ``NAME.json`` keeps what belongs to the article as a whole; brat ignores it.

A text-bound line cannot hold a line end, so a mark across lines is written in a fragment for each line, as brat does.
A mark of several fragments is read as the words from the first to the last.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.atomic import replacing
from pipeline.convert.annotation import (
    CHOICES,
    CITED,
    ENTITY,
    EVENT,
    FIGURE,
    FLAGS,
    LAYERS,
    MENTION,
    PARTICIPANT,
    VICTIMS,
    WHEN,
    Document,
    Link,
    Mark,
    document,
    in_layer,
    labels_of,
    layer,
    parse,
    plain,
)
from pipeline.convert.gold import SCORED, file_name
from pipeline.errors import InputError

_BREAKS = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029\t]")
_ON = {ENTITY: "<NAMES>", EVENT: "<EVENT>", FIGURE: "<FIGURES>"}  # what attributes hang on, as brat's macros
_PAIR = re.compile(r"\s*([\w.]+)\s*=\s*")


def write(path: Path, documents: Iterable[Document], *, done: bool) -> int:
    """Write the folder; returns the number of documents. ``done`` makes no difference.

    Raises:
        ResourceError: a file cannot be written.
    """
    _configuration(path)
    taken: set[str] = set()
    for each in documents:
        base = name = file_name(each.id)
        copy = 1
        while name.casefold() in taken:
            copy += 1
            name = f"{base}~{copy}"
        taken.add(name.casefold())
        for suffix, content in (
            ("txt", each.text),
            ("ann", "".join(f"{line}\n" for line in _lines(each))),
            ("json", json.dumps(each.head(), ensure_ascii=False, indent=1) + "\n"),
        ):
            with replacing(path / f"{name}.{suffix}") as stream:
                stream.write(content)
    return len(taken)


def _lines(each: Document) -> Iterator[str]:
    ids = {mark.id: f"T{number}" for number, mark in enumerate(each.marks, 1)}
    events = {mark.id: f"E{number}" for number, mark in enumerate(in_layer(each.marks, EVENT), 1)}
    arguments: dict[str, list[str]] = defaultdict(list)
    relations: list[str] = []
    for link in each.links:
        if link.head in events:
            count = sum(argument.startswith(f"{link.label}") for argument in arguments[link.head])
            arguments[link.head].append(f"{link.label}{count + 1 if count else ''}:{ids[link.tail]}")
        else:
            relations.append(f"{link.label} Arg1:{ids[link.head]} Arg2:{ids[link.tail]}")
    for mark in each.marks:
        fragments = _fragments(each.text, mark)
        words = " ".join(_BREAK.sub(" ", each.text[start:end]) for start, end in fragments)
        yield f"{ids[mark.id]}\t{mark.label} {';'.join(f'{s} {e}' for s, e in fragments)}\t{words}"
        if mark.id in events:
            yield f"{events[mark.id]}\t{' '.join([f'{mark.label}:{ids[mark.id]}', *arguments[mark.id]])}"
    yield from (f"R{number}\t{relation}" for number, relation in enumerate(relations, 1))
    attributes = notes = 0
    for mark in each.marks:
        target = events.get(mark.id, ids[mark.id])
        of = layer(mark.label)
        free = dict(mark.values)
        for key in (*CHOICES.get(of, {}), *FLAGS.get(of, ())):
            value = free.pop(key, None)
            if value is None or value is False:
                continue
            attributes += 1
            name = _attribute(of, key)
            yield f"A{attributes}\t{name} {target}" + ("" if value is True else f" {value}")
        notices = (
            [("AnnotatorNotes", "; ".join(f"{key}={plain(value)}" for key, value in free.items()))] if free else []
        )
        kept = ({"id": mark.id} if mark.id != ids[mark.id] else {}) | ({"rest": mark.rest} if mark.rest else {})
        notices += [("Dateline", json.dumps(kept))] if kept else []
        for kind, note in notices:
            notes += 1
            yield f"#{notes}\t{kind} {target}\t{note}"


def _attribute(of: str, key: str) -> str:
    """The name of an attribute: brat has one list of them for all labels."""
    return f"{of.lower()}_{key.replace('.', '_')}"


_KEYS = {_attribute(of, key): (of, key) for of in LAYERS for key in (*CHOICES.get(of, {}), *FLAGS.get(of, ()))}


def _fragments(text: str, mark: Mark) -> list[tuple[int, int]]:
    """The parts of a mark between line ends; line ends at its edges stay, so that nothing is lost."""
    found = [match.span() for match in _BREAKS.finditer(text, mark.start, mark.end)] or [(mark.start, mark.end)]
    found[0] = (mark.start, found[0][1])
    found[-1] = (found[-1][0], mark.end)
    return found


def read(path: Path) -> Iterator[Document]:
    """The documents of a folder, by name.

    Raises:
        InputError: there is no annotated text, or a line is not brat's.
    """
    found = sorted(path.rglob("*.ann"))
    if not found:
        raise InputError(
            "unreadable", f"{path} holds no .ann file; name a folder of brat's, with NAME.txt and NAME.ann"
        )
    for annotation in found:
        text_file, head_file = annotation.with_suffix(".txt"), annotation.with_suffix(".json")
        try:
            text = text_file.read_bytes().decode()
            lines = annotation.read_bytes().decode()
            head = json.loads(head_file.read_bytes()) if head_file.exists() else None
        except (OSError, ValueError) as error:
            raise InputError("unreadable", f"{annotation} needs its text and both must be UTF-8: {error}") from error
        yield _read(text, lines, head, annotation)


def _read(text: str, lines: str, head: Any, path: Path) -> Document:
    spans: dict[str, tuple[str, int, int]] = {}
    events: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    relations: list[tuple[str, str, str]] = []
    values: dict[str, dict[str, Any]] = defaultdict(dict)
    kept: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines.split("\n"), 1):
        id_, _, told = line.rstrip("\r").partition("\t")
        try:
            if id_.startswith("T"):
                spans[id_] = _text_bound(told, text)
            elif id_.startswith("E"):
                (_, trigger), *arguments = (part.split(":") for part in told.split())
                events[id_] = trigger, [(re.sub(r"\d+$", "", name), target) for name, target in arguments]
            elif id_.startswith("R"):
                name, one, other = told.split()
                relations.append((name, one.partition(":")[2], other.partition(":")[2]))
            elif id_.startswith(("A", "M")):
                name, target, *value = told.split(" ", 2)
                values[target][_KEYS[name][1] if name in _KEYS else name] = value[0] if value else True
            elif id_.startswith("#"):
                kind_target, _, note = told.partition("\t")
                kind, target = kind_target.split()
                if kind == "Dateline":
                    kept[target] = json.loads(note)
                else:
                    values[target] |= notes(note)
        except (ValueError, TypeError) as error:
            raise InputError(
                "wrong_type", f"{path}, line {number}: not a line of brat's: {line!r} ({error})"
            ) from error
    return _document(text, head, path.stem, spans, events, relations, values, kept)


def _text_bound(told: str, text: str) -> tuple[str, int, int]:
    where, _, words = told.partition("\t")
    label, _, offsets = where.partition(" ")
    fragments = [tuple(map(int, fragment.split())) for fragment in offsets.split(";")]
    shown = " ".join(_BREAK.sub(" ", text[start:end]) for start, end in fragments)
    if words and words.split() != shown.split():
        raise ValueError(f"at {offsets} the text reads {shown!r}")
    return label, min(start for start, _ in fragments), max(end for _, end in fragments)


def notes(note: str) -> dict[str, Any]:
    """The values of a note ``key=value; key=value``; a note of another kind has none."""
    found: dict[str, Any] = {}
    at = 0
    while match := _PAIR.match(note, at):
        at = match.end()
        try:
            value, end = json.JSONDecoder().raw_decode(note, at)
            if note[end:].strip() and not note[end:].lstrip().startswith(";"):
                raise ValueError
        except ValueError:
            raw = note[at:].partition(";")[0]
            value, end = parse(raw), at + len(raw)
        found[match[1]] = value
        at = note.find(";", end) + 1
        if not at:
            break
    return found


def _document(
    text: str,
    head: Any,
    name: str,
    spans: Mapping[str, tuple[str, int, int]],
    events: Mapping[str, tuple[str, list[tuple[str, str]]]],
    relations: Iterable[tuple[str, str, str]],
    values: Mapping[str, dict[str, Any]],
    kept: Mapping[str, dict[str, Any]],
) -> Document:
    trigger_of = {id_: trigger for id_, (trigger, _) in events.items()}
    of_trigger = {trigger: id_ for id_, trigger in trigger_of.items()}
    marks: list[Mark] = []
    names: dict[str, str] = {}
    for id_, (label, start, end) in spans.items():
        # a trigger's values and notes hang on its event
        told = {**values.get(id_, {}), **values.get(of_trigger.get(id_, ""), {})}
        own = kept.get(of_trigger.get(id_, id_), {})
        names[id_] = own.get("id", id_)
        marks.append(Mark(names[id_], label, start, end, told, own.get("rest", {})))
    names |= {event: names[trigger] for event, trigger in trigger_of.items() if trigger in names}
    try:
        links = [
            Link(label, names[trigger], names[target])
            for trigger, arguments in events.values()
            for label, target in arguments
        ]
        links += [Link(label, names[one], names[other]) for label, one, other in relations]
    except KeyError as error:
        raise InputError("wrong_type", f"{name}.ann: something points at {error}, which is not there") from error
    return document(text, head, marks, links, id_=name)


def _configuration(path: Path) -> None:
    entities = "\n".join(
        [
            *sorted(SCORED),
            *(WHEN, MENTION, PARTICIPANT, CITED, VICTIMS),
            *labels_of(FIGURE),
        ]
    )
    roles = (
        f"mention*:{MENTION}, when?:{WHEN}, place?:<PLACES>, source*:{PARTICIPANT}, target*:{PARTICIPANT}, "
        f"other*:{PARTICIPANT}, cited?:{CITED}, casualty*:<FIGURES>"
    )
    events = "\n".join(f"{label}\t{roles}" for label in labels_of(EVENT))
    attributes = []
    drawn = []
    for of in LAYERS:
        on = _ON.get(of, of)
        for key, choices in CHOICES.get(of, {}).items():
            attributes.append(f"{_attribute(of, key)}\tArg:{on}, Value:{'|'.join(choices)}")
        for key in FLAGS.get(of, ()):
            attributes.append(f"{_attribute(of, key)}\tArg:{on}")
            drawn.append(f"{_attribute(of, key)}\tglyph:★")
    macros = {
        "NAMES": "|".join(sorted(SCORED)),
        "PLACES": "GPE|LOC|FAC",
        "FIGURES": "|".join(labels_of(FIGURE)),
    }
    contents = {
        "annotation.conf": "\n\n".join(
            [
                "[entities]\n" + entities,
                "[relations]\n"
                + "\n".join(f"<{name}>={macro}" for name, macro in macros.items())
                + "\nsame_place\tArg1:<PLACES>, Arg2:<PLACES>\nsame_actor\tArg1:<NAMES>, Arg2:<NAMES>"
                + f"\nvictims\tArg1:<FIGURES>, Arg2:{VICTIMS}\ncited\tArg1:<FIGURES>, Arg2:{CITED}"
                + "\n<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>",
                "[events]\n" + "\n".join(f"<{name}>={macro}" for name, macro in macros.items()) + "\n" + events,
                "[attributes]\n"
                + "\n".join(f"<{name}>={macro}" for name, macro in macros.items())
                + "\n"
                + "\n".join(attributes)
                + "\n",
            ]
        ),
        "visual.conf": "[labels]\n\n[drawing]\n" + "\n".join(drawn) + "\n",
        "tools.conf": "[options]\nValidation\tvalidate:none\nTokens\ttokenizer:whitespace\n"
        "Sentences\tsplitter:newline\n\n[normalization]\n",
    }
    for name, content in contents.items():
        with replacing(path / name) as stream:
            stream.write(content)
