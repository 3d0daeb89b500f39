"""Rows like ACLED's. The rules are data: ``models/exports/acled.yaml``; their meaning: ``models/exports/README.md``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from pipeline.exports.coded import ARMED, Coded, Side, code_of, countries, country_name
from pipeline.records import Count
from pipeline.resources import load_yaml
from pipeline.tables import Row

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "country", "admin1", "admin2", "location", "latitude", "longitude", "geo_precision"),
    *("source", "notes", "fatalities", "fatalities_reported", "sources", "status", "refs"),
)
"""ACLED's, and after ``fatalities`` our own: whether a source gives a figure, number of sources, status, members."""


def _data() -> dict[str, Any]:
    found: dict[str, Any] = load_yaml("exports", "acled.yaml")
    return found


def wanted(coded: Coded) -> str | None:
    """Why an event has no row, ``None`` where it has one."""
    if coded.acled_event is None:
        return "of no ACLED type"
    if coded.presumed:
        return "deaths without a word for their cause"
    published = max((article.published for article in coded.articles if article.published), default=None)
    if published and coded.earliest and coded.earliest.isoformat() > published:
        return "dated after publication"
    return None


def row(coded: Coded) -> Row:
    """The row of an event for which :func:`wanted` gives no reason against it."""
    data = _data()
    where = coded.where
    country = where.country if where else None
    known = countries().get(country or "")
    time_precision = code_of(coded.days, data["time_precision"])
    geo_precision = data["geo_precision"].get(where.precision) if where and where.lat is not None else None
    day = coded.earliest + timedelta((coded.days or 1) // 2) if time_precision and coded.earliest else None
    actors = _actors(coded, country)
    killed = coded.toll.get("killed")
    return {
        "event_id_cnty": f"{known.iso3 if known else 'XXX'}{coded.id}",
        "event_date": day.isoformat() if day else None,
        "year": day.year if day else None,
        "time_precision": time_precision,
        "disorder_type": data["disorder_of_sub_event"].get(coded.acled_sub_event)
        or data["disorder"].get(coded.acled_event),
        "event_type": coded.acled_event,
        "sub_event_type": coded.acled_sub_event,
        **actors,
        "civilian_targeting": _civilian_targeting(coded, actors["inter2"]),
        "iso": known.numeric if known else None,
        "country": known.name if known else None,
        "admin1": (where.admin1 or (where.name if where.precision == "admin1" else None)) if where else None,
        "admin2": where.name if where and where.precision == "admin2" else None,
        "location": where.name if where and geo_precision else None,
        "latitude": where.lat if where and geo_precision else None,
        "longitude": where.lon if where and geo_precision else None,
        "geo_precision": geo_precision,
        "source": "; ".join(dict.fromkeys(a.source for a in coded.articles if a.source)) or None,
        "notes": notes(coded),
        "fatalities": fatalities(killed),
        "fatalities_reported": killed is not None,
        "sources": len(coded.articles),
        "status": coded.status,
        "refs": "; ".join(coded.refs),
    }


def fatalities(killed: Count | None) -> int:
    """One number, the most careful one that the sources give: ACLED takes the lowest, and 0 where none is told of."""
    if killed is None:
        return 0
    return next((value for value in (killed.low, killed.best, killed.high) if value is not None), 0)


def notes(coded: Coded) -> str:
    """Who reported when, in whose words."""
    told = [
        " ".join(
            part for part in (article.source or article.id, f"({article.published})" * bool(article.published)) if part
        )
        for article in coded.articles
    ]
    return f"{'; '.join(told)}: " + " / ".join(f"“{line}”" for line in coded.evidence)


def _civilian_targeting(coded: Coded, inter2: Any) -> str | None:
    data = _data()
    by_actor = coded.acled_event in data["civilian_targeting_where_actor2"] and inter2 in (6, 7)
    return "Civilian targeting" if by_actor or coded.acled_sub_event in data["civilian_targeting"] else None


_Actor = tuple[str | None, list[str], int | None]
"""Name, associated actors, code."""


def _actors(coded: Coded, country: str | None) -> Row:
    rules = _data()["event_types"].get(coded.acled_event) or {}
    kinds = rules.get("not", ())
    source, target = (
        [side for side in map(_read, sides) if side.acts and side.kind not in kinds and not _vague(side, rules)]
        for sides in (coded.source, coded.target)
    )
    if source and source == target:  # both do it to each other
        source, target = source[:1], source[1:]
    if first := rules.get("first"):
        # those who demonstrate stand first, and whoever meets them second
        others = [side for side in (*source, *target) if side.kind in ARMED or side.kind == "government"]
        if not others and first == "rioters":
            others = [side for side in target if side.kind == "civilians"]
        crowd = [side for side in (*source, *target) if side.name and side not in others]
        one: _Actor = (_name(first, country), [side.name or side.words for side in crowd], _code(first))
        two = _side(others, country, None, None)
    else:
        one = _side(source, country, rules.get("actor1"), None)
        two = _side(target, country, rules.get("actor2"), rules.get("prefer2"))
    inter1, inter2 = one[2], two[2]
    pair = sorted(code for code in (inter1, inter2) if code is not None)
    return {
        "actor1": one[0],
        "assoc_actor_1": "; ".join(one[1]) or None,
        "inter1": inter1,
        "actor2": two[0],
        "assoc_actor_2": "; ".join(two[1]) or None,
        "inter2": inter2,
        "interaction": int("".join(map(str, pair)) + "0" * (len(pair) == 1)) if pair else None,
    }


def _vague(side: Side, rules: dict[str, Any]) -> bool:
    """Whether nothing but a noun ("the captain") says what a side is, where that is not enough."""
    return bool(rules.get("known")) and side.kind == "unknown" and side.name is None


def _read(side: Side) -> Side:
    """The side with the kind that its words leave open: a nation at war is its army, other people are civilians."""
    if side.kind == "unknown" and side.name is None:
        if side.group == "civilian":
            return replace(side, kind="civilians")
        if side.group == "unknown" and side.country is not None:
            return replace(side, kind="military")
    return side


def _side(
    sides: Sequence[Side], country: str | None, due: str | None, prefer: str | None
) -> tuple[str | None, list[str], int | None]:
    """Name, associated actors and code of a side, of whom ``due`` must stand there where the article names nobody."""
    chosen = next((side for side in sides if side.kind == prefer), None) if prefer else None
    chosen = chosen or next((side for side in sides if side.name), None) or (sides[0] if sides else None)
    if chosen is None or (prefer and chosen.kind != prefer):
        others = [_label(side, country) for side in sides]
        return (None, [], None) if due is None else (_name(due, country), _distinct(others, ""), _code(due))
    name = _label(chosen, country)
    return (
        name,
        _distinct([_label(side, country) for side in sides if side is not chosen], name),
        _inter(chosen, country),
    )


def _distinct(names: Sequence[str], but: str) -> list[str]:
    return [name for name in dict.fromkeys(names) if name != but]


def _label(side: Side, country: str | None) -> str:
    if side.name:
        return side.name
    kinds = ("government", "military", "police", "protesters", "civilians", "media")
    if side.kind in kinds:
        return _name(side.kind, side.country or country)
    if side.kind == "international":
        return side.words
    return _name("armed", country) if side.group != "civilian" else _name("civilians", country)


def _name(kind: str, country: str | None) -> str:
    named, bare = _data()["names"][kind]
    name = country_name(country)
    return str(named.format(name) if name else bare)


def _inter(side: Side, country: str | None) -> int | None:
    data = _data()
    abroad = side.country is not None and country is not None and side.country != country
    if abroad and side.kind in ("government", "military", "police"):
        return int(data["abroad"])
    if side.name is None and side.kind in ("rebel", "jihadist", "militia", "unknown"):
        return int(data["armed"])
    found: int | None = data["kinds"].get(side.kind)
    return found


def _code(kind: str) -> int:
    data = _data()
    return int(data[kind] if kind in ("armed", "rioters") else data["kinds"][kind])
