"""Which formats there are, what each holds, and the way from one to another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.atomic import replacing
from pipeline.convert import brat, conll, docbin, labelstudio, prodigy
from pipeline.convert.annotation import Document
from pipeline.convert.gold import from_gold, gazetteer_lookup, to_gold, write_gold
from pipeline.convert.records import from_record, to_record
from pipeline.convert.texts import ARTICLES, Texts, texts_of
from pipeline.errors import ConfigError, GoldError, InputError, nearest
from pipeline.gold import load_gold
from pipeline.records import Record


@dataclass
class Report:
    """What became of a conversion: how many articles were written, what was left out of them, and which failed."""

    written: int = 0
    left_out: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Format:
    """A format. ``made`` says what is written, ``lost`` what of records and gold it cannot hold, in words."""

    name: str
    made: str
    lost: str
    write: Callable[[Path, Iterable[Document], bool, Report], int]
    read: Callable[[Path, str | None], Iterator[Document]]
    suffix: str | None = None
    done: bool = False


def _tool(module: Any) -> dict[str, Any]:
    def write(path: Path, documents: Iterable[Document], done: bool, _: Report) -> int:
        number: int = module.write(path, documents, done=done)
        return number

    def read(path: Path, _: str | None) -> Iterator[Document]:
        found: Iterator[Document] = module.read(path)
        return found

    return {"write": write, "read": read}


def _read_records(path: Path, articles: str | None) -> Iterator[Document]:
    """Records with their texts: from ``articles``, else from the run folder, else from the input that it names."""
    file = path / "records.jsonl" if path.is_dir() else path
    texts = Texts(texts_of(file, articles))
    try:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    record = Record.model_validate_json(line)
                    yield from_record(record, texts.of(record))
    except OSError as error:
        raise InputError(
            "unreadable",
            f"cannot read records from {str(path)!r}: {error.strerror or error}; name a folder that `dateline run` "
            "wrote, or its records.jsonl",
        ) from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise InputError("bad_json", f"{file} does not hold records of this version: {error}") from error


def _write_records(path: Path, documents: Iterable[Document], _: bool, __: Report) -> int:
    number = 0
    with replacing(path / "records.jsonl") as records, replacing(path / ARTICLES) as articles:
        for number, each in enumerate(documents, 1):  # noqa: B007  # the last one is returned
            record = to_record(each)
            records.write(record.model_dump_json() + "\n")
            kept = {"id": record.article.id, "sha256": record.article.sha256, "text": each.text}
            articles.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return number


def _read_gold(path: Path, _: str | None) -> Iterator[Document]:
    return map(from_gold, load_gold(path))


def _write_gold(path: Path, documents: Iterable[Document], _: bool, report: Report) -> int:
    """Every article that fits the guide; the others are failures of the report."""
    lookup = gazetteer_lookup()
    number = 0
    for each in documents:
        try:
            gold, left_out = to_gold(each, lookup)
            write_gold(path, gold)
        except GoldError as error:
            report.failures.append(str(error))
            continue
        number += 1
        report.left_out += [f"{gold.id}: {what}" for what in left_out]
    return number


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            "records",
            "a folder with records.jsonl and articles.jsonl",
            "gold's dates of no event",
            _write_records,
            _read_records,
        ),
        Format(
            "gold",
            "a folder that `dateline evaluate` takes: articles/*.txt, gold/*.yaml",
            "scores, rules, candidates, warnings, ids and coordinates of ambiguous places, entity labels beyond the "
            "guide, figures of no event, attributions of figures, paths; article ids become file names",
            _write_gold,
            _read_gold,
            done=True,
        ),
        Format("brat", "a folder of NAME.txt, NAME.ann and the tool's configuration", "nothing", **_tool(brat)),
        Format(
            "labelstudio",
            "a JSON file of tasks, and labelling.xml beside it",
            "nothing",
            **_tool(labelstudio),
            suffix=".json",
        ),
        Format(
            "prodigy",
            "a JSONL file of examples",
            "nothing (values cannot be edited in the tool)",
            **_tool(prodigy),
            suffix=".jsonl",
        ),
        Format("spacy", "a .spacy file (DocBin)", "nothing", **_tool(docbin), suffix=".spacy"),
        Format(
            "conll",
            "a CoNLL-U Plus file, BIO in a column for each layer",
            "values, arrows, ids, scores, and all but the first of overlapping marks of one layer",
            **_tool(conll),
            suffix=".conll",
        ),
    )
}
"""The formats by name, in the order in which help lists them."""


def format_of(name: str) -> Format:
    """A format by its name.

    Raises:
        ConfigError: there is none of this name.
    """
    if name not in FORMATS:
        raise ConfigError(f"no format {name!r}.{nearest(name, FORMATS)} Formats: {', '.join(FORMATS)}")
    return FORMATS[name]


def detect(path: Path) -> str:
    """The format of a file or folder, told from names and, for JSON lines, from the first line.

    Raises:
        InputError: there is nothing, or nothing that is known.
    """
    if not path.exists():
        raise InputError("unreadable", f"no file or folder {str(path)!r}")
    if path.is_dir():
        found = [
            name
            for name, sign in (("records", "records.jsonl"), ("gold", "gold/*.yaml"), ("brat", "**/*.ann"))
            if next(path.glob(sign), None) is not None
        ]
        if found:
            return found[0]
        raise InputError(
            "wrong_type",
            f"{path} is no run folder (records.jsonl), no corpus (gold/*.yaml) and no folder of brat's (*.ann); name "
            "another, or say what it is with --from",
        )
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            return "records" if '"schema_version"' in next(lines, "") else "prodigy"
    known = {each.suffix: each.name for each in FORMATS.values() if each.suffix} | {
        ".conllu": "conll",
        ".conllup": "conll",
    }
    if path.suffix not in known:
        raise InputError("wrong_type", f"cannot tell what {path} is; say so with --from, one of {', '.join(FORMATS)}")
    return known[path.suffix]


def read(path: Path, name: str | None = None, *, articles: str | None = None) -> Iterator[Document]:
    """The documents of a file or folder.

    Args:
        name: the format; told from the names of files where it is not given.
        articles: the input that was analysed, for records without their texts beside them.

    Raises:
        ConfigError: no such format.
        InputError: the input is not of that format.
    """
    chosen = format_of(name or detect(path))
    if not path.exists():
        raise InputError("unreadable", f"no file or folder {str(path)!r}")
    if path.is_dir() != (chosen.name in ("records", "gold", "brat")) and chosen.name != "records":
        due = "a folder" if chosen.suffix is None else "a file"
        raise InputError("wrong_type", f"{path} is not {due}, as {chosen.name} is")
    return chosen.read(path, articles)


def convert(source: Path, out: Path, *, to: str, from_: str | None = None, articles: str | None = None) -> Report:
    """Read ``source`` and write it to ``out`` in another format.

    Args:
        to: a name in :data:`FORMATS`.
        from_: the same for the source; told from the names of files where it is not given.
        articles: the input that was analysed, for records without their texts beside them.

    Raises:
        ConfigError: no such format, or the output would replace the input.
        InputError: the source is not of its format.
        ResourceError: the output cannot be written.
    """
    target = format_of(to)
    given = from_ or detect(source)
    if target.suffix is not None and out.is_dir():
        raise ConfigError(f"{out} is a folder, and {to} is one file; name it, such as {out / ('all' + target.suffix)}")
    if target.suffix is None and out.is_file():
        raise ConfigError(f"{out} is a file, and {to} is {target.made}; name a folder")
    if source.exists() and out.exists() and source.resolve() == out.resolve():
        raise ConfigError(f"{out} is the input; name another place with -o")
    report = Report()
    report.written = target.write(out, read(source, given, articles=articles), format_of(given).done, report)
    if not report.written and not report.failures:
        raise InputError("empty", f"there is no article in {source}")
    return report


__all__ = ["FORMATS", "Format", "Report", "convert", "detect", "format_of", "read"]
