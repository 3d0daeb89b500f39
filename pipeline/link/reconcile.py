"""One date, place, type and toll out of what several sources say, with the reason for each choice."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.link.copies import by_time
from pipeline.link.happenings import KINDS, Happening, Role, Site
from pipeline.link.incidents import IncidentActor, IncidentDate, IncidentPlace, IncidentToll, SourceFigure
from pipeline.link.settings import BestRule
from pipeline.ontology import compatible, event_types
from pipeline.records import CasualtyKind, Span

_NARROW = ("point", "settlement", "admin2", "admin1", "country", "region")


@dataclass(frozen=True, slots=True)
class Sources:
    """The members of one incident, the earliest first, and the articles among them that copy another."""

    members: Sequence[Happening]
    copies: Mapping[str, str]

    @property
    def own(self) -> list[Happening]:
        """Members whose articles are no copies."""
        return [member for member in self.members if member.key[0] not in self.copies]

    @property
    def number(self) -> int:
        return len({member.key[0] for member in self.own})


def choose_type(sources: Sources) -> str:
    """The type that most sources are compatible with; among those the narrowest, then the most frequent."""
    types = event_types()
    given = Counter(member.type for member in sources.own)

    def rank(type_: str) -> tuple[int, int, int, str]:
        agreeing = sum(number for other, number in given.items() if compatible(type_, other))
        return -agreeing, -given[type_], -len(types[type_].ancestors), type_

    return min(given, key=rank)


def choose_date(sources: Sources) -> IncidentDate | None:
    """The span of days that overlaps with those of most sources; among those the narrowest, then the earliest told."""
    dated = [member for member in sources.own if member.earliest is not None]
    if not dated:
        return None

    def agreeing(member: Happening) -> int:
        return sum(_overlap(member, other) for other in dated)

    def rank(member: Happening) -> tuple[object, ...]:
        return -agreeing(member), not member.main, _width(member), *by_time(member)

    best = min(dated, key=rank)
    event = best.date
    if event is None or event.earliest is None:
        return None
    reason = f"{agreeing(best)} of {len(dated)} dated sources agree; as told by {best.key[0]}: {event.text!r}"
    return IncidentDate(
        earliest=event.earliest, latest=event.latest or event.earliest, precision=event.precision, reason=reason
    )


def _width(member: Happening) -> int:
    return (member.latest or member.earliest or 0) - (member.earliest or 0)


def _overlap(one: Happening, other: Happening) -> bool:
    if one.earliest is None or other.earliest is None:
        return False
    return one.earliest <= (other.latest or other.earliest) and other.earliest <= (one.latest or one.earliest)


def choose_place(sources: Sources) -> IncidentPlace | None:
    """The place that most sources name or hold to be within a wider one; among those the narrowest."""
    placed = [(member, member.place) for member in sources.own if member.place is not None]
    if not placed:
        return None

    def agreeing(place: Site) -> int:
        return sum(holds(other, place) for _, other in placed)

    def rank(item: tuple[Happening, Site]) -> tuple[object, ...]:
        member, place = item
        narrow = _NARROW.index(place.precision) if place.precision in _NARROW else len(_NARROW)
        return place.status == "unresolved", -agreeing(place), narrow, -place.score, *by_time(member)

    member, place = min(placed, key=rank)
    name = place.name or (place.names_in_text[0] if place.names_in_text else None)
    reason = f"{agreeing(place)} of {len(placed)} placed sources agree; as told by {member.key[0]}"
    wider = sorted({other.name for _, other in placed if other.name and other.name != name and holds(other, place)})
    if wider:
        reason += f"; within {', '.join(wider)}"
    return IncidentPlace(
        gazetteer_id=place.gazetteer_id,
        name=name,
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        admin1=place.admin1,
        precision=place.precision,
        reason=reason,
    )


def holds(wide: Site, narrow: Site) -> bool:
    """Whether the two are one place, or the first a province or country that the second lies in."""
    if wide.gazetteer_id is not None and wide.gazetteer_id == narrow.gazetteer_id:
        return True
    if wide.gazetteer_id is None or narrow.gazetteer_id is None:
        return bool({name.lower() for name in wide.names_in_text} & {name.lower() for name in narrow.names_in_text})
    if wide.precision == "country":
        return wide.country is not None and wide.country == narrow.country
    if wide.precision == "admin1":
        return wide.admin1 is not None and (wide.country, wide.admin1) == (narrow.country, narrow.admin1)
    return False


def choose_actors(sources: Sources) -> list[IncidentActor]:
    """Named actors by role, those that most sources name first."""
    found: dict[tuple[str, str], set[str]] = {}
    known: dict[tuple[str, str], Role] = {}
    for member in sources.own:
        for role in member.roles:
            key = role.role, role.name.lower()
            found.setdefault(key, set()).add(member.key[0])
            known.setdefault(key, role)
    order = sorted(found, key=lambda key: (key[0], -len(found[key]), key[1]))
    return [
        IncidentActor(name=known[key].name, role=known[key].role, country=known[key].country, sources=len(found[key]))
        for key in order
    ]


def choose_tolls(sources: Sources, rule: BestRule) -> dict[CasualtyKind, IncidentToll]:
    """The toll of each kind that any article gives.

    The injured of one article may be among the dead of another: where the sources of the best death toll count injured
    as well, theirs are taken; else a count of just as many as have died since is a count of those.
    """
    figures = {
        kind: [figure for member in sources.members if (figure := _figure(member, kind, sources)) is not None]
        for kind in KINDS
    }
    tolls = {kind: _toll(given, [_told(f) for f in given], rule) for kind, given in figures.items() if given}
    dead = tolls["killed"].best if "killed" in tolls else None
    if dead and figures["injured"]:
        of = {(figure.article, figure.event): value(figure) for figure in figures["killed"]}
        tolls["injured"] = _living(figures["injured"], of, dead, rule)
    return tolls


def _living(
    figures: Sequence[SourceFigure], of: Mapping[tuple[str, str], int | None], dead: int, rule: BestRule
) -> IncidentToll:
    agreeing = [figure for figure in figures if of.get((figure.article, figure.event)) == dead]
    if agreeing:
        toll = _toll(figures, [_told(figure) for figure in agreeing], rule)
        return toll.model_copy(update={"reason": f"{toll.reason}, of those that count {dead} killed"})
    told = [_told(figure) for figure in figures]
    # one wounded, says the first; one killed and none wounded, the second
    alive = [
        (figure, 0 if number == dead - (of.get((figure.article, figure.event)) or 0) else number)
        for figure, number in told
    ]
    toll = _toll(figures, alive, rule)
    return toll.model_copy(update={"reason": f"{toll.reason}, less those who have died"}) if alive != told else toll


def _told(figure: SourceFigure) -> tuple[SourceFigure, int | None]:
    return figure, value(figure)


def _figure(member: Happening, kind: CasualtyKind, sources: Sources) -> SourceFigure | None:
    figure = member.figures.get(kind)
    if figure is None:
        return None
    return SourceFigure(
        article=member.key[0],
        event=member.key[1],
        published=member.published_on,
        attribution=figure.attribution,
        text=[Span(start=start, end=end, text=text) for start, end, text in figure.text],
        copy_of=sources.copies.get(member.key[0]),
        low=figure.number.low,
        best=figure.number.best,
        high=figure.number.high,
    )


def value(figure: SourceFigure) -> int | None:
    """The one number that stands for a figure: its best, else a bound that it gives."""
    return next((bound for bound in (figure.best, figure.low, figure.high) if bound is not None), None)


def _toll(
    figures: Sequence[SourceFigure], given: Sequence[tuple[SourceFigure, int | None]], rule: BestRule
) -> IncidentToll:
    """The toll over all figures, its best among those of ``given`` that are exact, where any is."""
    own = [figure for figure in figures if figure.copy_of is None] or list(figures)
    numbers = [(figure, number) for figure, number in given if number is not None]
    numbers = [(figure, number) for figure, number in numbers if figure.copy_of is None] or numbers
    exact = [(figure, number) for figure, number in numbers if figure.low == figure.high]
    told = exact or numbers
    lows = [figure.low for figure in own if figure.low is not None]
    highs = [figure.high for figure in own if figure.high is not None]
    best = RULES[rule](told) if told else None
    return IncidentToll(
        low=min([*lows, *([] if best is None else [best])], default=None),
        best=best,
        high=max([*highs, best or 0]) if len(highs) == len(own) else None,
        rule=rule,
        reason=f"{rule} of {len(told)} {'exact ' if exact else ''}figure{'s' if len(told) != 1 else ''}",
        figures=list(figures),
    )


Told = Sequence[tuple[SourceFigure, int]]


def _latest(told: Told) -> int:
    """The last that was published; of one day the highest, since tolls grow. Figures without a day come first."""
    return max(told, key=lambda item: (item[0].published or "", item[1]))[1]


def _median(told: Told) -> int:
    """The lower of the two middle ones where their number is even: a figure that somebody gave."""
    return statistics.median_low(number for _, number in told)


def _most_cited(told: Told) -> int:
    """The one that most sources give; of several such the latest."""
    cited = Counter(number for _, number in told)
    most = max(cited.values())
    return _latest([item for item in told if cited[item[1]] == most])


def _lowest(told: Told) -> int:
    """As UCDP does where sources differ and none is better than the others."""
    return min(number for _, number in told)


RULES: Mapping[BestRule, Callable[[Told], int]] = {
    "latest": _latest,
    "median": _median,
    "most_cited": _most_cited,
    "lowest": _lowest,
}


def disagreements(sources: Sources, tolls: Mapping[CasualtyKind, IncidentToll]) -> list[str]:
    """In words, where independent sources differ: types, days, places, figures."""
    lines = []
    types = sorted({member.type for member in sources.own})
    if any(not compatible(one, other) for one in types for other in types):
        lines.append(f"type: {', '.join(types)}")
    dated = [member for member in sources.own if member.earliest is not None]
    if any(not _overlap(one, other) for one in dated for other in dated):
        lines.append("date: " + "; ".join(f"{_day(member)} ({member.key[0]})" for member in dated))
    placed = [(member, member.place) for member in sources.own if member.place is not None]
    if any(not holds(one, other) and not holds(other, one) for _, one in placed for _, other in placed):
        lines.append("place: " + "; ".join(f"{_name(place)} ({member.key[0]})" for member, place in placed))
    for kind, toll in tolls.items():
        own = [figure for figure in toll.figures if figure.copy_of is None]
        if len({value(figure) for figure in own}) > 1:
            lines.append(f"{kind}: " + "; ".join(f"{value(figure)} ({figure.article})" for figure in own))
    return lines


def _day(member: Happening) -> str:
    days = [date.fromordinal(day).isoformat() for day in (member.earliest, member.latest) if day is not None]
    return " to ".join(dict.fromkeys(days))


def _name(place: Site) -> str:
    return place.name or (place.names_in_text[0] if place.names_in_text else "?")
