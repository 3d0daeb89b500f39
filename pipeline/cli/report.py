"""``dateline report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shared import talk


def report(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The HTML file to write. Default: report.html in the run folder.")
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave the articles' texts out; the quoted words stay.")
    ] = False,
) -> None:
    """Show a run as one HTML file that works offline: map, timeline, table, and every value beside its words.

    \b
    dateline report outputs/march -o march.html
    dateline link outputs/march -o outputs/march/incidents.jsonl && dateline report outputs/march
    dateline report outputs/march -o for-sharing.html --no-text
    """
    from pipeline.report import write_report

    done = write_report(run, out or run / "report.html", texts=not no_text)
    size = f"{done.size / 1e6:.1f} MB"
    talk(f"{done.articles:,} articles with {done.events:,} events in {done.out} ({size}); open it in a browser")
