"""The command ``dateline``. Data goes to stdout, talk to stderr.

Exit codes: 0 fine; 1 some articles failed or a floor was missed; 2 wrong usage, configuration or installation;
130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import typer

from pipeline.cli.check import check, config_show
from pipeline.cli.convert import convert
from pipeline.cli.evaluate import evaluate
from pipeline.cli.gazetteer import gazetteer_build, gazetteer_lookup
from pipeline.cli.link import link_runs
from pipeline.cli.report import report
from pipeline.cli.run import run
from pipeline.cli.shared import FAILED, stop
from pipeline.cli.stage import schema, stage, stages
from pipeline.errors import DatelineError

__all__ = ["app", "main"]


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

# the help page lists them in this order
_COMMANDS: dict[str, Callable[..., None]] = {
    "run": run,
    "stage": stage,
    "stages": stages,
    "schema": schema,
    "evaluate": evaluate,
    "check": check,
    "link": link_runs,
    "report": report,
    "convert": convert,
}
for name, command in _COMMANDS.items():
    app.command(name)(command)
config_app.command("show")(config_show)
gazetteer_app.command("build")(gazetteer_build)
gazetteer_app.command("lookup")(gazetteer_lookup)


def main() -> None:
    """Run the command line; turns every error that Dateline raises on purpose into one line and an exit code."""
    try:
        app()
    except DatelineError as error:
        stop(str(error))
    except BrokenPipeError:
        # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
