"""Why a stage did what it did.

A stage calls :func:`note` at each decision. Outside of :func:`tracing` that costs one look-up and does nothing, so
the calls stay in the stages; ``dateline stage NAME --trace`` turns them on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["read", "added", "rejected", "changed"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a stage on ``[start, end)``, the rule that made it, and what spoke for or against."""

    stage: str
    verdict: Verdict
    start: int
    end: int
    text: str
    rule: str
    detail: str = ""


_active: ContextVar[list[Decision] | None] = ContextVar("dateline_trace", default=None)


@contextmanager
def tracing() -> Iterator[list[Decision]]:
    """Collect the decisions that stages make inside the ``with`` block."""
    decisions: list[Decision] = []
    token = _active.set(decisions)
    try:
        yield decisions
    finally:
        _active.reset(token)


def on() -> bool:
    """True inside :func:`tracing`; guard with it what is costly to describe."""
    return _active.get() is not None


def note(stage: str, verdict: Verdict, start: int, end: int, text: str, rule: str, detail: str = "") -> None:
    """Report one decision, if anyone listens."""
    decisions = _active.get()
    if decisions is not None:
        decisions.append(Decision(stage, verdict, start, end, text, rule, detail))
