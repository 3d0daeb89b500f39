"""``dateline stage``, ``stages`` and ``schema``: what a stage does, and what comes out."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from pipeline.cli.shared import (
    FAILED,
    ConfigOption,
    JsonOption,
    KindOption,
    SetOption,
    SourceArgument,
    load,
    print_json,
    talk,
)
from pipeline.errors import ConfigError, nearest


def stage(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A stage; `dateline stages` lists them.")],
    source: SourceArgument,
    trace: Annotated[bool, typer.Option("--trace", help="Show what it read, added and rejected, and why.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    overrides: SetOption = None,
    kind: KindOption = None,
) -> None:
    """Show what one stage does to a text, for debugging. The stages before it run as well.

    \b
    dateline stage places article.txt
    dateline stage casualties article.txt --trace
    echo "Two people died in Homs." | dateline stage events - --json
    """
    from pipeline.articles import Failure
    from pipeline.build import build_nlp
    from pipeline.debug import debug_stage
    from pipeline.io import read_articles
    from pipeline.stages import STAGES

    if name not in STAGES:
        raise ConfigError(f"no stage {name!r}.{nearest(name, STAGES)} Stages: {', '.join(STAGES)}")
    settings = load(config, overrides)
    articles = read_articles(source, kind=kind, max_chars=settings.run.max_chars)
    nlp = build_nlp(settings, upto=name)
    failed = False
    for item in articles:
        if isinstance(item, Failure):
            failed = True
            talk(f"{item.id}: {item.reason}: {item.message}")
            continue
        found = debug_stage(nlp, item, name)
        typer.echo(
            json.dumps(found.as_json(trace=trace), ensure_ascii=False) if as_json else found.as_text(trace=trace)
        )
    if failed:
        raise typer.Exit(FAILED)


def stages(config: ConfigOption = None, overrides: SetOption = None, as_json: JsonOption = False) -> None:
    """List the stages: what each does, what it needs, and whether it is on.

    \b
    dateline stages
    dateline stages --set stages.dates.enabled=false
    """
    from pipeline import show
    from pipeline.stages import STAGES

    settings = load(config, overrides)
    order = settings.enabled()
    specs = sorted(STAGES.values(), key=lambda spec: order.index(spec.name) if spec.name in order else len(order))
    if as_json:
        found = [
            {"name": s.name, "on": s.name in order, "needs": s.needs, "reads": s.uses, "summary": s.summary}
            for s in specs
        ]
        print_json(found)
        return
    rows = (
        (s.name, "on" if s.name in order else "off", ", ".join(s.needs), ", ".join(s.uses), s.summary) for s in specs
    )
    typer.echo(show.table(("stage", "", "needs", "reads where on", "what it does"), rows, max_cell=100))


def schema() -> None:
    """Print the JSON Schema of one line of records.jsonl.

    \b
    dateline schema > record.schema.json
    """
    from pipeline.records import json_schema

    print_json(json_schema())
