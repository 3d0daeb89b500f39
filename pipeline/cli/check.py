"""``dateline check`` and ``config show``: is everything in place, and what is in force."""

from __future__ import annotations

import typer

from pipeline.cli.shared import WRONG, ConfigOption, JsonOption, SetOption, load, print_json, talk


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
    talk("\nAll is in place. Next: dateline run INPUT -o outputs/first")


def config_show(config: ConfigOption = None, overrides: SetOption = None, as_json: JsonOption = False) -> None:
    """Print the configuration in force, defaults included.

    \b
    dateline config show
    dateline config show --set stages.dates.enabled=false
    """
    from pipeline.config import effective

    values = effective(load(config, overrides))
    if as_json:
        print_json(values)
        return
    import yaml

    typer.echo(yaml.safe_dump(values, sort_keys=False, allow_unicode=True), nl=False)
