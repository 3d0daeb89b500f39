"""What every command shares: its options and how it talks.

Heavy imports are made inside the commands, so that ``--help`` is quick.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from pipeline.config import Config

FAILED, WRONG, INTERRUPTED = 1, 2, 130

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="A configuration file. Default: config.yaml here, else the shipped one."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set one value, as in stages.places.min_score=0.8. Repeatable."),
]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--input-format",
        "-f",
        help="What the input is, whatever its name: txt, md, html, json, jsonl, csv, rss, atom, xml, warc, zip, or "
        "gzip around one, as in jsonl.gz.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SourceArgument = Annotated[str, typer.Argument(metavar="INPUT", help="A file, a folder, or - for standard input.")]


def stop(message: str) -> NoReturn:
    """Say what is wrong, and exit with 2."""
    talk(f"dateline: {message}")
    sys.exit(WRONG)


def talk(message: str) -> None:
    """Say something to the human: on stderr, so that stdout stays data."""
    typer.echo(message, err=True)


def print_json(value: object) -> None:
    """Print a value on stdout as JSON."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def load(config: Path | None, overrides: list[str] | None) -> Config:
    """The configuration of the options ``--config`` and ``--set``, with spaCy imported the lean way before it."""
    from pipeline.lean import import_spacy

    import_spacy()
    from pipeline.config import load_config

    return load_config(config, overrides=overrides or [])
