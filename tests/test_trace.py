from __future__ import annotations

from pipeline import trace
from pipeline.trace import Decision


def test_decisions_inside_the_block_are_collected_in_order() -> None:
    with trace.tracing() as decisions:
        trace.note("places", "read", 0, 4, "Homs", "entity")
        trace.note("places", "rejected", 0, 4, "Homs", "demonym", "an adjective")
    assert decisions == [
        Decision("places", "read", 0, 4, "Homs", "entity"),
        Decision("places", "rejected", 0, 4, "Homs", "demonym", "an adjective"),
    ]


def test_nothing_is_collected_outside() -> None:
    with trace.tracing() as decisions:
        assert trace.on()
    trace.note("places", "added", 0, 4, "Homs", "rule")
    assert not trace.on()
    assert decisions == []


def test_inner_block_listens_alone() -> None:
    with trace.tracing() as outer:
        with trace.tracing() as inner:
            trace.note("places", "added", 0, 4, "Homs", "rule")
        trace.note("dates", "added", 0, 4, "Monday", "rule")
    assert [decision.stage for decision in inner] == ["places"]
    assert [decision.stage for decision in outer] == ["dates"]
