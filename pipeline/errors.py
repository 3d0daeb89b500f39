"""Every error that Dateline raises on purpose.

::

    DatelineError
    ├── ConfigError        config.yaml, --set, stage order: exit code 2
    ├── ResourceError      a data file, model or gazetteer is missing or malformed: exit code 2
    ├── InputError         an input cannot be read as an article; carries a reason for failures.jsonl
    ├── StageError         a stage failed on one article; carries the stage's name
    └── GoldError          gold annotation that does not fit its article

Messages say what was asked, what exists and what to do next.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class DatelineError(Exception):
    """Base of all errors raised on purpose; the message is meant for the user."""


class ConfigError(DatelineError):
    """The configuration asks for something that cannot be."""


class ResourceError(DatelineError):
    """A data file, spaCy pipeline or gazetteer is missing or malformed."""


class InputError(DatelineError):
    """An input that cannot become an article. ``reason`` is one of the reasons listed in :mod:`pipeline.io`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


class StageError(DatelineError):
    """A stage raised on one article."""

    def __init__(self, stage: str, message: str) -> None:
        super().__init__(f"stage {stage!r}: {message}")
        self.stage = stage
        self.message = message


class GoldError(DatelineError):
    """A gold annotation that does not fit its article or the annotation guide."""


def missing_extra(what: str, extra: str) -> ResourceError:
    """The error that an optional package is not installed: what needs it, and what to type."""
    return ResourceError(f'{what} needs packages that are not installed: pip install "dateline[{extra}]"')


def nearest(name: str, known: Iterable[str]) -> str:
    """``" Did you mean 'x'?"`` for the nearest known name, or an empty string where none is near."""
    match = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean {match[0]!r}?" if match else ""
