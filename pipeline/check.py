"""Is everything in place? Each finding says what was looked at, what is there, and what to type where it is not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pipeline.analyse import extract
from pipeline.build import build_nlp, check_order
from pipeline.config import Config, load_config
from pipeline.errors import DatelineError
from pipeline.gazetteer import open_gazetteer
from pipeline.manifest import model_info, package_version
from pipeline.resources import data_path

MIN_PYTHON = (3, 11)
_SAMPLE = "Ten people were killed in an attack in Syria on 3 March 2019, officials said."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``message`` says what is there, or what to do."""

    what: str
    ok: bool
    message: str


def check_all(path: Path | None = None, overrides: Sequence[str] = ()) -> list[Finding]:
    """Look at Python, the package, the data files, the configuration, the gazetteer and the stages, in that order.

    What cannot be looked at because something before it is wrong is left out.
    """
    findings = [_python(), _package(), _finding("data files", lambda: f"in {data_path('models')}")]
    try:
        config = load_config(path, overrides=overrides)
        check_order(config.enabled())
    except DatelineError as error:
        return [*findings, Finding("configuration", False, str(error))]
    findings.append(Finding("configuration", True, f"stages: {', '.join(config.enabled())}"))
    findings.append(_finding("gazetteer", lambda: _gazetteer(config)))
    findings.append(_finding("spaCy and stages", lambda: _stages(config)))
    return findings


def _finding(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except DatelineError as error:
        return Finding(what, False, str(error))
    except Exception as error:  # noqa: BLE001  # a broken package elsewhere, which spaCy stumbles over
        return Finding(what, False, f"{type(error).__name__}: {error}; type: pip check")


def _python() -> Finding:
    ok = sys.version_info >= MIN_PYTHON
    wanted = "" if ok else f"; Dateline needs {'.'.join(map(str, MIN_PYTHON))} or newer"
    return Finding("Python", ok, f"{platform.python_version()} on {platform.system()}{wanted}")


def _package() -> Finding:
    others = list(other_owners())
    if others:
        names = " and ".join(others)
        message = f"{names} installs an import package named 'pipeline' too; type: pip uninstall {' '.join(others)}"
        return Finding("package", False, f"{message}, then: pip install --force-reinstall --no-deps dateline")
    return Finding("package", True, f"dateline {package_version()}")


def other_owners() -> Iterator[str]:
    """Installed distributions, other than Dateline, that own an import package named ``pipeline``."""
    yield from sorted({name for name in metadata.packages_distributions().get("pipeline", []) if name != "dateline"})


def _gazetteer(config: Config) -> str:
    info = open_gazetteer(config.gazetteer.path, tables=config.gazetteer.tables).info()
    return f"{info.places:,} places, {info.names:,} names in {info.path}"


def _stages(config: Config) -> str:
    nlp = build_nlp(config)
    extract(nlp, _SAMPLE)
    model = model_info(nlp)
    return f"{model['name']} {model['version']}; a sample sentence went through all stages"
