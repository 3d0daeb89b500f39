"""Rows like those of UCDP's GED. The rules are data: ``models/exports/ucdp.yaml``; their meaning: the README there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from pipeline.exports.coded import Coded, Side, code_of, country_name
from pipeline.records import Casualty, Count
from pipeline.resources import load_yaml
from pipeline.tables import Row

COLUMNS = (
    *("id", "year", "type_of_violence", "side_a", "side_b", "number_of_sources"),
    *("source_article", "source_office", "source_date", "source_headline"),
    *("where_prec", "where_coordinates", "adm_1", "adm_2", "latitude", "longitude", "country"),
    *("date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "status", "refs"),
)
"""UCDP's, and at the end our own: the status and the members."""

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3


def _data() -> dict[str, Any]:
    found: dict[str, Any] = load_yaml("exports", "ucdp.yaml")
    return found


def wanted(coded: Coded) -> str | None:
    """Why an event has no row, ``None`` where it has one: UCDP has organised violence with at least one death."""
    data = _data()
    if coded.acled_event not in data["events"] and coded.type not in data["types"]:
        return "no organised violence"
    if coded.presumed:
        return "deaths without a word for their cause"
    killed = coded.toll.get("killed")
    if killed is None or not any((killed.low, killed.best, killed.high)):
        return "without deaths"
    return None


def row(coded: Coded) -> Row:
    """The row of an event for which :func:`wanted` gives no reason against it."""
    data = _data()
    where = coded.where
    precision = None
    if where is not None and where.lat is not None:
        precision = data["where_prec_of_feature"].get(where.feature) or data["where_prec"].get(where.precision)
    sides = _sides(coded)
    low, best, high = bounds(coded.toll["killed"])
    dated = [article.published for article in coded.articles if article.published]
    return {
        "id": coded.id,
        "year": coded.earliest.year
        if coded.earliest and coded.latest and coded.earliest.year == coded.latest.year
        else None,
        "type_of_violence": sides.type,
        "side_a": sides.a,
        "side_b": sides.b,
        "number_of_sources": len(coded.articles),
        "source_article": "; ".join(article.url or article.id for article in coded.articles),
        "source_office": "; ".join(dict.fromkeys(a.source for a in coded.articles if a.source)) or None,
        "source_date": "; ".join(dict.fromkeys(dated)) or None,
        "source_headline": "; ".join(dict.fromkeys(a.title for a in coded.articles if a.title)) or None,
        "where_prec": precision,
        "where_coordinates": where.name if where and precision else None,
        "adm_1": (where.admin1 or (where.name if where.precision == "admin1" else None)) if where else None,
        "adm_2": where.name if where and where.precision == "admin2" else None,
        "latitude": where.lat if where and precision else None,
        "longitude": where.lon if where and precision else None,
        "country": country_name(where.country) if where else None,
        "date_prec": code_of(coded.days, data["date_prec"]),
        "date_start": coded.earliest.isoformat() if coded.earliest else None,
        "date_end": coded.latest.isoformat() if coded.latest else None,
        **deaths(coded, best, sides),
        "best": best,
        "high": high,
        "low": low,
        "status": coded.status,
        "refs": "; ".join(coded.refs),
    }


def bounds(killed: Count) -> tuple[int, int, int]:
    """``low``, ``best`` and ``high``, none of which UCDP leaves open.

    A bound that the text does not give is the figure that it gives; "up to 40" gives no lower bound but none.
    """
    low, best, high = killed.low, killed.best, killed.high
    if best is None:
        best = low if low is not None else high or 0
    if low is None:
        low = 0 if high is not None else best
    return low, best, max(best, high or 0)


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides as UCDP has them; ``of``: which letter the doers (``source``) and the others (``target``) have."""

    type: int | None
    a: str | None
    b: str | None
    of: dict[str, str]
    spans: dict[str, tuple[Side, ...]]


def _sides(coded: Coded) -> Sides:
    data = _data()
    spans = {"source": coded.source, "target": coded.target}
    mutual = bool(coded.source) and coded.source == coded.target
    doers = coded.source[:1] if mutual else coded.source
    others = coded.source[1:] if mutual else coded.target
    one, other = _first(doers, coded, data), _first(others, coded, data)
    country = coded.where.country if coded.where else None
    kinds = [_power(side, data) for side in (one, other)]
    as_given = {"source": "a", "target": "b"}
    civilians = coded.acled_event != "Battles" and any(
        side.group == "civilian" or side.kind in ("civilians", "media", "protesters") for side in others
    )
    if civilians and kinds[1] is None:
        type_ = ONE_SIDED if kinds[0] else None
        return Sides(type_, _name(one, country), "Civilians", as_given, spans)
    if kinds[1] == "state" and kinds[0] == "non_state":
        return Sides(STATE_BASED, _name(other, country), _name(one, country), {"source": "b", "target": "a"}, spans)
    type_ = None
    if kinds[0] and kinds[1]:
        type_ = STATE_BASED if "state" in kinds else NON_STATE
    return Sides(type_, _name(one, country), _name(other, country), as_given, {} if mutual else spans)


def _first(sides: tuple[Side, ...], coded: Coded, data: dict[str, Any]) -> Side | None:
    """The side that can be a party: a power if there is one, else whoever acts and is not just who was killed."""
    acting = [
        side
        for side in sides
        if side.acts
        and side.group != "civilian"
        and side.kind != "civilians"
        and (_power(side, data) or not _hurt(side, coded))
    ]
    powers = [side for side in acting if _power(side, data)]
    return next(iter([*(side for side in powers if side.name), *powers, *acting]), None)


def _hurt(side: Side, coded: Coded) -> bool:
    victims = (figure.victims for figure in coded.killed_figures)
    return any(one is not None and side.start < one.end and one.start < side.end for one in victims)


def _power(side: Side | None, data: dict[str, Any]) -> str | None:
    if side is None:
        return None
    if side.kind in data["state"] or (side.kind == "unknown" and side.name is None and _is_nation(side)):
        return "state"
    return "non_state" if side.kind in data["non_state"] else None


def _is_nation(side: Side) -> bool:
    return side.country is not None and side.group == "unknown"


def _name(side: Side | None, where: str | None) -> str | None:
    """A state by its government, as UCDP names it; others as the article does. ``where``: whose police "police" are."""
    if side is None:
        return None
    country = country_name(side.country or where)
    if country and _power(side, _data()) == "state":
        return f"Government of {country}"
    return side.name or side.words


def deaths(coded: Coded, best: int, sides: Sides) -> Row:
    """The dead by side; they add up to ``best``, and who cannot be told is unknown."""
    parts: dict[str, int] = defaultdict(int)
    for figure in coded.killed_figures:
        known = next((value for value in (figure.best, figure.low, figure.high) if value is not None), 0)
        parts[_whose(figure, sides)] += known
    told = {key: parts[key] for key in ("a", "b", "civilians")}
    if told["a"] + told["b"] > best:  # the toll is not the sum of these figures
        told = dict.fromkeys(told, 0)
    told["civilians"] = min(told["civilians"], best - told["a"] - told["b"])
    return {**{f"deaths_{key}": value for key, value in told.items()}, "deaths_unknown": best - sum(told.values())}


def _whose(figure: Casualty, sides: Sides) -> str:
    victims = figure.victims
    if figure.perpetrators:
        return sides.of["source"]
    # the victims of one-sided violence are civilians by its definition
    unknown = "civilians" if sides.type == ONE_SIDED else "unknown"
    if victims is None:
        return unknown
    if victims.group == "civilian":
        return "civilians"
    if victims.group == "combatant":
        for role, of in sides.spans.items():
            if any(side.start < victims.end and victims.start < side.end for side in of):
                return sides.of[role]
        return "unknown"
    return unknown
