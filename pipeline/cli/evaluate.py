"""``dateline evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.shared import FAILED, ConfigOption, JsonOption, SetOption, load, print_json, talk
from pipeline.errors import ConfigError, InputError

if TYPE_CHECKING:
    from pipeline.floors import Measured


def evaluate(
    corpus: Annotated[Path | None, typer.Argument(help="A corpus with gold. Default: the one that ships.")] = None,
    records: Annotated[Path | None, typer.Option(help="Score this records.jsonl; run no stage.")] = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    errors: Annotated[bool, typer.Option("--errors", help="List each miss and false alarm with its words.")] = False,
    as_json: JsonOption = False,
    gate: Annotated[bool, typer.Option("--gate", help="Fail where a figure is below its pinned floor.")] = False,
    pin: Annotated[bool, typer.Option("--pin", help="Pin today's figures as the floors.")] = False,
    allow_lower: Annotated[bool, typer.Option("--allow-lower", help="With --pin: accept lower floors.")] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write gold beside prediction, mistakes marked, as one HTML file."),
    ] = None,
    links: Annotated[bool, typer.Option("--links", help="Measure linking instead, on the corpus's links/.")] = False,
) -> None:
    """Measure every stage against gold: precision, recall and F1 per slot.

    \b
    dateline evaluate
    dateline evaluate --errors
    dateline evaluate --html evaluation.html
    dateline evaluate --gate
    dateline evaluate --pin
    dateline evaluate --links --gate
    """
    from pipeline.evaluation import evaluate as run_evaluation
    from pipeline.evaluation import evaluate_records
    from pipeline.resources import data_path

    folder = corpus or data_path("corpus")
    if not folder.is_dir():
        raise InputError("unreadable", f"no corpus folder {str(folder)!r}; it needs articles/ and gold/")
    if links:
        if html is not None:
            raise ConfigError("--html shows articles beside their gold; leave --links out")
        from pipeline.link.cases import FOLDER, evaluate_links

        found = evaluate_links(load(config, overrides), folder)
        print_json(found.as_json()) if as_json else typer.echo(found.table())
        _hold(found, folder / FOLDER, pin=pin, allow_lower=allow_lower, gate=gate, links=" --links")
        return
    result = evaluate_records(records, folder) if records else run_evaluation(load(config, overrides), folder)
    if as_json:
        print_json(result.as_json())
    else:
        typer.echo(result.table())
        if errors:
            typer.echo(result.error_list())
    if html is not None:
        from pipeline.report import write_evaluation

        size = write_evaluation(result, html)
        talk(f"gold beside prediction in {html} ({size / 1e6:.1f} MB); open it in a browser")
    _hold(result, folder, pin=pin, allow_lower=allow_lower, gate=gate)


def _hold(result: Measured, folder: Path, *, pin: bool, allow_lower: bool, gate: bool, links: str = "") -> None:
    """Pin the floors in a folder, or hold the figures against them, as far as that was asked for."""
    from pipeline.floors import check_floors, pin_floors, read_floors

    if pin:
        for line in pin_floors(result, folder, allow_lower=allow_lower):
            talk(line)
    problems = check_floors(result, read_floors(folder), pin=f"dateline evaluate{links} --pin") if gate else []
    for problem in problems:
        talk(problem)
    if problems:
        raise typer.Exit(FAILED)
    if gate:
        talk("every figure is at its floor or above")
