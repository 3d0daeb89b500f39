"""Incidents out of records: which events of which articles are one happening, and what the articles together say of it.

Begin with :func:`link`. First the main events of all articles are grouped, judged by whole articles; then the other
incidents that articles mention join these groups or each other, judged by their own sentences, without joining two
groups of main events. :mod:`pipeline.link.assemble` says what the groups amount to.

No more than a part of the events is in memory (:mod:`pipeline.link.shelf`); pairs are looked at by day of publication,
so that what is needed next is mostly there.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.errors import ConfigError, nearest
from pipeline.link.assemble import Assembly
from pipeline.link.blocks import Blocks
from pipeline.link.cluster import Components, group
from pipeline.link.explain import describe
from pipeline.link.features import Judge, Traits, compare, days_apart, place_relation, probability, traits
from pipeline.link.happenings import Key
from pipeline.link.incidents import Incident
from pipeline.link.odds import Odds, Pair
from pipeline.link.settings import BestRule, LinkSettings, Wishes, link_settings
from pipeline.link.shelf import KEPT, Shelf
from pipeline.link.words import rarity_of
from pipeline.ontology import compatible
from pipeline.records import Record

LIMIT = 8.0  # log-odds of one pair beyond which more certainty says nothing
_LOCAL_DAYS = 3  # that two tellings of a mentioned incident may differ
_NEW = -1  # the earlier incident of an event that was in none


def link(
    records: Iterable[Record],
    *,
    settings: LinkSettings | None = None,
    wishes: Wishes | None = None,
    previous: Sequence[Incident] = (),
    best: BestRule | None = None,
) -> list[Incident]:
    """Group the events of records into incidents, the earliest first; events that nothing joins are incidents as well.

    Args:
        wishes: pairs that a human wants joined or kept apart.
        previous: incidents of an earlier call over some of these records. They keep their ids and members; only pairs
            with a new event are compared, and an incident that no new event joins stays as it was.
        best: how the best toll is chosen among sources; by default as ``models/linking.yaml`` says.

    Raises:
        ConfigError: wishes contradict each other or name events that are not there, or ``previous`` does.
    """
    settings = settings or link_settings()
    linking = Linking(gather(records, settings), settings, wishes or Wishes(), previous)
    linking.run()
    return list(linking.assembly(best or settings.best).incidents())


def gather(records: Iterable[Record], settings: LinkSettings) -> Shelf:
    """The events of all records that are linked, sorted by key so that the order of the input does not matter.

    Raises:
        ConfigError: two records have one article id.
        ResourceError: there is no room for a temporary file.
    """
    return Shelf(records, min_news=settings.min_news)


def event_name(key: Key) -> str:
    """``ARTICLE/EVENT``, as in the map's feature ids."""
    return "/".join(key)


@dataclass
class Linking:
    """Events on their way into incidents.

    ``odds`` holds every judged pair of indices into ``found``; ``groups`` the indices of every incident, also of those
    of one event.
    """

    found: Shelf
    settings: LinkSettings
    wishes: Wishes
    previous: Sequence[Incident] = ()
    odds: Odds = field(default_factory=Odds)
    groups: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rare = rarity_of(self.found.holding, self.found.articles, self.settings.prior)
        self.must = [self._pair(pair, "must_link") for pair in self.wishes.must_link]
        self.cannot = [self._pair(pair, "cannot_link") for pair in self.wishes.cannot_link]
        self._old = array("i", [_NEW]) * len(self.found)
        self._old_sizes: list[int] = []
        self._together = self._previous_members()
        self._inside: list[tuple[Pair, bool]] = []
        self._traits = lru_cache(2 * KEPT)(self._make_traits)
        self._judges = {True: self.settings.main.judge(), False: self.settings.local.judge()}

    @property
    def joined(self) -> int:
        """The number of incidents of several articles."""
        return sum(len(members) > 1 for members in self.groups)

    def find(self, name: str, where: str) -> int:
        """The index of the event ``ARTICLE/EVENT``.

        Raises:
            ConfigError: there is no such event, or it is none that is linked.
        """
        article, _, event = name.rpartition("/")
        index = self.found.find((article, event))
        if index is None:
            near = nearest(name, map(event_name, self.found.keys))
            raise ConfigError(
                f"{where}: no event {name!r} among those that are linked.{near} Write ARTICLE/EVENT, as in the columns "
                "article_id and event_id of events.csv; only asserted events are linked, and those that are the main "
                "one or have a date or place"
            )
        return index

    def _pair(self, pair: tuple[str, str], where: str) -> Pair:
        one, other = sorted(self.find(name, where) for name in pair)
        return one, other

    def _previous_members(self) -> list[Pair]:
        """Pairs that hold earlier incidents together."""
        together = []
        for number, incident in enumerate(self.previous):
            indices = []
            for member in incident.members:
                index = self.found.find((member.article, member.event))
                if index is None:
                    raise ConfigError(
                        f"the earlier incident {incident.id} has {member.article}/{member.event}, which these runs do "
                        "not hold; name all runs that it was made of, or link anew without it"
                    )
                self._old[index] = number
                indices.append(index)
            self._old_sizes.append(len(indices))
            together += [(indices[0], index) for index in indices[1:]]
        return together

    def run(self) -> None:
        """Judge pairs and group events."""
        forced = [*self._together, *self.must]
        held = Components(len(self.found), forced)
        against = next((pair for pair in self.cannot if held.together(pair)), None)
        if against is not None:
            names = " and ".join(event_name(self.found.keys[index]) for index in against)
            raise ConfigError(f"{names} are to be kept apart, and other pairs or earlier incidents join them; drop one")
        main, local = (Blocks(self.rare, self.settings.blocks, whole=whole) for whole in (True, False))
        for index, happening in self.found.as_read():
            if happening.main:
                main.add(index, happening)
            local.add(index, happening, settled=happening.main)
        self._judge(main, whole=True)
        settled = self._group(self.settings.main.threshold, forced, only_old=True)
        self._judge(local, whole=False)
        forced += [(members[0], item) for members in settled for item in members[1:]]
        groups = self._group(self.settings.local.threshold, forced, only_old=False)
        self._judge_inside(groups)
        alone = bytearray(b"\1") * len(self.found)
        for index in (index for members in groups for index in members):
            alone[index] = 0
        self.groups = sorted([*groups, *([index] for index in range(len(alone)) if alone[index])])

    def _group(self, threshold: float, forced: Sequence[Pair], *, only_old: bool) -> list[list[int]]:
        return group(
            self.odds,
            lambda index: self.found.keys[index][0],
            len(self.found),
            threshold=threshold,
            absent=self.settings.absent,
            forced=forced,
            apart=self.cannot,
            settled=lambda index: self._old[index] != _NEW or (not only_old and self.found.is_main(index)),
        )

    def _judge(self, blocks: Blocks, *, whole: bool) -> None:
        """Judge pairs of main events by whole articles, or else all other pairs by their sentences."""
        for pair in blocks.pairs(self.found.by_day()):
            old = self._old[pair[0]], self._old[pair[1]]
            if _NEW in old:
                self._weigh(pair, whole=whole)
            elif old[0] == old[1]:
                self._inside.append((pair, whole))
        self.odds.freeze()

    def _judge_inside(self, groups: Iterable[Sequence[int]]) -> None:
        """Judge the pairs of earlier incidents that have grown, for the confidence of their members."""
        grown = {self._old[index] for members in groups if self.as_before(members) is None for index in members}
        for pair, whole in self._inside:
            if self._old[pair[0]] in grown:
                self._weigh(pair, whole=whole)
        self.odds.freeze()

    def as_before(self, members: Sequence[int]) -> Incident | None:
        """The earlier incident of just these members, if there is one."""
        number = self._old[members[0]]
        if number == _NEW or len(members) != self._old_sizes[number]:
            return None
        return self.previous[number] if all(self._old[index] == number for index in members) else None

    def earlier_id(self, members: Sequence[int]) -> str | None:
        """The id of the earlier incident that these members grew from."""
        number = next((self._old[index] for index in members if self._old[index] != _NEW), None)
        return None if number is None else self.previous[number].id

    def _weigh(self, pair: Pair, *, whole: bool) -> None:
        one, other = self._traits(pair[0], whole=whole), self._traits(pair[1], whole=whole)
        if worth_judging(one, other, whole=whole):
            odds = self._judges[whole].odds(compare(one, other, self.rare))
            self.odds.add(pair, max(-LIMIT, min(LIMIT, odds)))

    def _make_traits(self, index: int, *, whole: bool) -> Traits:
        return traits(self.found[index], self.rare, whole=whole)

    def assembly(self, best: BestRule) -> Assembly:
        """What the groups amount to."""
        return Assembly(self, best)

    def figures(self, pair: Pair) -> tuple[list[float], Judge]:
        """The figures of any pair and the judge that weighs them."""
        whole = self.found.is_main(pair[0]) and self.found.is_main(pair[1])
        one, other = (self._traits(index, whole=whole) for index in pair)
        return compare(one, other, self.rare), self._judges[whole]

    def reasons(self, pair: Pair) -> list[str]:
        """Why a pair looks like one happening or two, the weightiest reason first."""
        if pair in self.must:
            return ["must_link: a human joined them"]
        wish = ["cannot_link: a human keeps them apart"] if pair in self.cannot else []
        figures, judge = self.figures(pair)
        one, other = (self.found[index] for index in pair)
        return wish + describe(one, other, judge.reasons(figures), self.rare, whole=one.main and other.main)

    def explain(self, one: str, other: str) -> str:
        """Why two events, each ``ARTICLE/EVENT``, are in one incident or not, in lines for a human.

        Raises:
            ConfigError: one of them is no event that is linked, or both are the same.
        """
        pair = self._pair((one, other), "--explain")
        if pair[0] == pair[1]:
            raise ConfigError(f"--explain takes two events; {one!r} was given twice")
        of = {index: number for number, group in enumerate(self.groups) for index in group}
        joined = of[pair[0]] == of[pair[1]]
        figures, judge = self.figures(pair)
        odds, threshold = judge.odds(figures), self._threshold(pair)
        lines = [
            f"{one} and {other} are {'one incident' if joined else 'kept apart'}",
            f"by themselves: probability {probability(odds):.2f}, log-odds {odds:+.1f}, threshold {threshold:+.1f}",
            *(f"  {reason}" for reason in self.reasons(pair)),
        ]
        if self.odds.get(pair) is None and pair not in self.must:
            lines.append("they were not weighed: " + self._not_judged(pair))
        elif not joined:
            lines += self.apart(pair)
        for index, name in zip((self.find(one, ""), self.find(other, "")), (one, other), strict=True):
            others = [event_name(self.found.keys[item]) for item in self.groups[of[index]] if item != index]
            lines.append(f"{name} is in an incident with {', '.join(others) or 'no other event'}")
        return "\n".join(lines)

    def _not_judged(self, pair: Pair) -> str:
        whole = self.found.is_main(pair[0]) and self.found.is_main(pair[1])
        one, other = (self._traits(index, whole=whole) for index in pair)
        if one.article == other.article:
            return "one article tells them apart"
        if _NEW not in (old := (self._old[pair[0]], self._old[pair[1]])):
            return "an earlier incident has both" if old[0] == old[1] else "earlier incidents keep them apart"
        if not worth_judging(one, other, whole=whole):
            return "type, day or place rule it out for an incident that is only mentioned"
        return "they share too few rare words, and no day and place"

    def apart(self, pair: Pair) -> list[str]:
        """What kept two events apart that by themselves look alike."""
        if self.found.keys[pair[0]][0] == self.found.keys[pair[1]][0]:
            return ["one article tells them apart"]
        if (self.odds.get(pair) or 0.0) >= self._threshold(pair) and pair not in self.cannot:
            return ["the other members of their incidents speak against it"]
        return []

    def _threshold(self, pair: Pair) -> float:
        main = all(map(self.found.is_main, pair))
        return (self.settings.main if main else self.settings.local).threshold


def worth_judging(one: Traits, other: Traits, *, whole: bool) -> bool:
    """Whether two events can be one happening at all.

    Two main events are always judged. An incident that is only mentioned must fit by type, day and place.
    """
    if one.article == other.article:
        return False
    if whole:
        return True
    if one.main and other.main:
        return False
    gap = days_apart(one, other)
    return (
        compatible(one.type, other.type)
        and (gap is None or gap <= _LOCAL_DAYS)
        and place_relation(one, other) not in ("far_place", "other_country")
    )
