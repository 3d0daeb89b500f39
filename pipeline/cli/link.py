"""``dateline link``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shared import talk
from pipeline.errors import ConfigError, nearest


def link_runs(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders, or their records.jsonl.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The incidents to write. Default: incidents.jsonl in RUN.")
    ] = None,
    events: Annotated[
        Path | None, typer.Option("--events", help="Write the events table with incident_id as well (CSV).")
    ] = None,
    best: Annotated[
        str | None, typer.Option("--best", help="Toll among sources: most_cited, latest, median or lowest.")
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option("--pairs", help="YAML with must_link and cannot_link, lists of pairs of events.")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="Earlier incidents, which keep their ids; only new events join.")
    ] = None,
    explain: Annotated[
        tuple[str, str] | None, typer.Option("--explain", help="Say why two events ARTICLE/EVENT are joined or apart.")
    ] = None,
) -> None:
    """Find which events of which articles are one incident, and what the articles together say of it.

    \b
    dateline link outputs/march
    dateline link outputs/march outputs/april -o all.jsonl --previous outputs/march/incidents.jsonl
    dateline link outputs/march --explain a.txt/v0 b.txt/v1
    """
    from typing import get_args

    from pipeline.link.files import INCIDENTS_NAME, read_incidents, read_runs, write_events, write_incidents
    from pipeline.link.link import Linking, gather
    from pipeline.link.settings import BestRule, Wishes, link_settings, read_wishes

    rules: dict[str, BestRule] = {rule: rule for rule in get_args(BestRule)}
    if best is not None and best not in rules:
        raise ConfigError(f"no rule {best!r} for the best toll.{nearest(best, rules)} Rules: {', '.join(rules)}")
    if out is None and explain is None:
        if len(runs) > 1 or not runs[0].is_dir():
            raise ConfigError(
                "incidents go beside the records of one run folder; of several runs, or of a file, say where they go "
                "with -o FILE, or ask about two events with --explain"
            )
        out = runs[0] / INCIDENTS_NAME
    settings = link_settings()
    wishes = read_wishes(pairs) if pairs else Wishes()
    linking = Linking(gather(read_runs(runs), settings), settings, wishes, read_incidents(previous) if previous else ())
    linking.run()
    if explain is not None:
        typer.echo(linking.explain(*explain))
    if out is not None:
        assembly = linking.assembly(rules[best] if best else settings.best)
        write_incidents(out, assembly.incidents())
        if events is not None:
            write_events(events, read_runs(runs), assembly.ids())
        made = f"{len(linking.groups)} incidents, {linking.joined} of them of several articles"
        talk(f"{len(linking.found)} events are {made}: {out}")
