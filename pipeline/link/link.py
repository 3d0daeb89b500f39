"""Incidents out of records: which events of which articles are one happening, and what the articles together say of it.

Begin with :func:`link`. First the main events of all articles are grouped, judged by whole articles; then the other
incidents that articles mention join these groups or each other, judged by their own sentences, without joining two
groups of main events.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.errors import ConfigError, nearest
from pipeline.link.blocks import candidate_pairs
from pipeline.link.cluster import Grouping, Pair
from pipeline.link.copies import by_time, originals
from pipeline.link.explain import describe
from pipeline.link.features import compare, days_apart, place_relation, probability, vectors
from pipeline.link.happenings import Happening, Key, happenings
from pipeline.link.incidents import Incident, Member, NotJoined, Why
from pipeline.link.reconcile import (
    Sources,
    choose_actors,
    choose_date,
    choose_place,
    choose_tolls,
    choose_type,
    disagreements,
)
from pipeline.link.settings import BestRule, JudgeSettings, LinkSettings, Wishes, link_settings
from pipeline.link.words import cosine, rarity
from pipeline.ontology import compatible, event_types
from pipeline.records import Record

_LIMIT = 8.0  # log-odds of one pair beyond which more certainty says nothing
_LOCAL_DAYS = 3  # that two tellings of a mentioned incident may differ


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
        previous: incidents of an earlier call over some of these records. They keep their ids and members; only what
            is new is compared.
        best: how the best toll is chosen among sources; by default as ``models/linking.yaml`` says.

    Raises:
        ConfigError: wishes contradict each other or name events that are not there, or ``previous`` does.
    """
    settings = settings or link_settings()
    found = gather(records, settings)
    linking = Linking(found, settings, wishes or Wishes(), previous)
    linking.run()
    return linking.incidents(best or settings.best)


def gather(records: Iterable[Record], settings: LinkSettings) -> list[Happening]:
    """The events of all records that are linked, sorted by key so that the order of the input does not matter.

    Raises:
        ConfigError: two records have one article id.
    """
    found: dict[Key, Happening] = {}
    articles: set[str] = set()
    for record in records:
        if record.article.id in articles:
            raise ConfigError(f"two records have the article id {record.article.id!r}; incidents need ids of their own")
        articles.add(record.article.id)
        found.update((happening.key, happening) for happening in happenings(record, min_news=settings.min_news))
    return [found[key] for key in sorted(found)]


def event_name(key: Key) -> str:
    """``ARTICLE/EVENT``, as in the map's feature ids."""
    return "/".join(key)


@dataclass
class Linking:
    """Events on their way into incidents. ``odds`` holds every judged pair of indices into ``found``."""

    found: Sequence[Happening]
    settings: LinkSettings
    wishes: Wishes
    previous: Sequence[Incident] = ()
    odds: dict[Pair, float] = field(default_factory=dict)
    groups: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.index = {happening.key: index for index, happening in enumerate(self.found)}
        articles = {happening.key[0]: happening.whole.words for happening in self.found}
        self.rare = rarity(articles.values(), self.settings.prior)
        self.must = [self._pair(pair, "must_link") for pair in self.wishes.must_link]
        self.cannot = [self._pair(pair, "cannot_link") for pair in self.wishes.cannot_link]
        self._old = self._previous_members()

    def find(self, name: str, where: str) -> int:
        """The index of the event ``ARTICLE/EVENT``.

        Raises:
            ConfigError: there is no such event, or it is none that is linked.
        """
        article, _, event = name.rpartition("/")
        if (article, event) not in self.index:
            near = nearest(name, map(event_name, self.index))
            raise ConfigError(
                f"{where}: no event {name!r} among those that are linked.{near} Write ARTICLE/EVENT, as in the columns "
                "article_id and event_id of events.csv; only asserted events are linked, and those that are the main "
                "one or have a date or place"
            )
        return self.index[article, event]

    def _pair(self, pair: tuple[str, str], where: str) -> Pair:
        one, other = sorted(self.find(name, where) for name in pair)
        return one, other

    def _previous_members(self) -> dict[int, int]:
        old: dict[int, int] = {}
        for number, incident in enumerate(self.previous):
            for member in incident.members:
                index = self.index.get((member.article, member.event))
                if index is None:
                    raise ConfigError(
                        f"the earlier incident {incident.id} has {member.article}/{member.event}, which these runs do "
                        "not hold; name all runs that it was made of, or link anew without it"
                    )
                old[index] = number
        return old

    def run(self) -> None:
        """Judge pairs and group events."""
        mains = [index for index, happening in enumerate(self.found) if happening.main]
        self._judge(mains, self.settings.main, whole=True)
        grouping = self._grouping()
        grouping.join(self.settings.main.threshold)
        settled = grouping.groups()
        self._judge(range(len(self.found)), self.settings.local, whole=False)
        grouping = self._grouping()
        grouping.force((group[0], item) for group in settled for item in group[1:])
        grouping.settle(mains)
        grouping.join(self.settings.local.threshold)
        self.groups = grouping.groups()

    def _grouping(self) -> Grouping:
        grouping = Grouping([one.key[0] for one in self.found], self.odds, absent=self.settings.absent)
        by_incident: dict[int, list[int]] = defaultdict(list)
        for index, number in sorted(self._old.items()):
            by_incident[number].append(index)
        grouping.force((group[0], item) for group in by_incident.values() for item in group[1:])
        grouping.settle(self._old)
        grouping.force(self.must)
        together = grouping.together(self.cannot)
        if together is not None:
            names = " and ".join(event_name(self.found[index].key) for index in together)
            raise ConfigError(f"{names} are to be kept apart, and other pairs or earlier incidents join them; drop one")
        grouping.keep_apart(self.cannot)
        return grouping

    def _judge(self, chosen: Sequence[int], by: JudgeSettings, *, whole: bool) -> None:
        judge, blocks = by.judge(), self.settings.blocks
        found = [self.found[index] for index in chosen]
        bags = [vectors(happening.view(whole=whole), self.rare) for happening in found]
        for i, j in candidate_pairs(found, self.rare, blocks, whole=whole):
            pair = chosen[i], chosen[j]
            if pair in self.odds or self._is_old(pair) or not worth_judging(found[i], found[j], whole=whole):
                continue
            if cosine(bags[i].words, bags[j].words) < blocks.min_text:
                continue
            figures = compare(found[i], found[j], (bags[i], bags[j]), self.rare, whole=whole)
            self.odds[pair] = max(-_LIMIT, min(_LIMIT, judge.odds(figures)))

    def _is_old(self, pair: Pair) -> bool:
        """Both were there before and in different incidents: that is decided."""
        one, other = (self._old.get(index) for index in pair)
        return one is not None and other is not None and one != other

    def figures(self, pair: Pair) -> tuple[dict[str, float], JudgeSettings]:
        """The figures of any pair and the judge that weighs them."""
        one, other = (self.found[index] for index in pair)
        whole = one.main and other.main
        bags = vectors(one.view(whole=whole), self.rare), vectors(other.view(whole=whole), self.rare)
        return compare(one, other, bags, self.rare, whole=whole), self.settings.main if whole else self.settings.local

    def reasons(self, pair: Pair) -> list[str]:
        """Why a pair looks like one happening or two, the weightiest reason first."""
        if pair in self.must:
            return ["must_link: a human joined them"]
        wish = ["cannot_link: a human keeps them apart"] if pair in self.cannot else []
        figures, by = self.figures(pair)
        one, other = (self.found[index] for index in pair)
        return wish + describe(one, other, by.judge().reasons(figures), self.rare, whole=one.main and other.main)

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
        figures, by = self.figures(pair)
        odds = by.judge().odds(figures)
        lines = [
            f"{one} and {other} are {'one incident' if joined else 'kept apart'}",
            f"by themselves: probability {probability(odds):.2f}, log-odds {odds:+.1f}, threshold {by.threshold:+.1f}",
            *(f"  {reason}" for reason in self.reasons(pair)),
        ]
        if pair not in self.odds and pair not in self.must:
            lines.append("they were not weighed: " + self._not_judged(pair))
        elif not joined:
            lines += self._apart(pair)
        for index, name in zip((self.find(one, ""), self.find(other, "")), (one, other), strict=True):
            others = [event_name(self.found[item].key) for item in self.groups[of[index]] if item != index]
            lines.append(f"{name} is in an incident with {', '.join(others) or 'no other event'}")
        return "\n".join(lines)

    def _not_judged(self, pair: Pair) -> str:
        one, other = (self.found[index] for index in pair)
        if one.key[0] == other.key[0]:
            return "one article tells them apart"
        if self._is_old(pair):
            return "earlier incidents keep them apart"
        if not worth_judging(one, other, whole=one.main and other.main):
            return "type, day or place rule it out for an incident that is only mentioned"
        return "they share neither a rare word nor a day and place, or hardly a word at all"

    def incidents(self, best: BestRule) -> list[Incident]:
        """The incidents that the groups amount to, the earliest first."""
        ids = [self._id(group) for group in self.groups]
        inside: dict[int, list[Pair]] = defaultdict(list)
        across: dict[int, list[Pair]] = defaultdict(list)
        of = {index: number for number, group in enumerate(self.groups) for index in group}
        for pair in (*self.odds, *(pair for pair in self.must if pair not in self.odds)):
            numbers = {of[pair[0]], of[pair[1]]}
            for number in numbers:
                (inside if len(numbers) == 1 else across)[number].append(pair)
        made = []
        for number, group in enumerate(self.groups):
            not_joined = self._nearest(across[number], of, ids, number)
            made.append((self._first(group), self._incident(group, ids[number], inside[number], not_joined, best)))
        return [incident for _, incident in sorted(made, key=lambda item: item[0])]

    def _first(self, group: Sequence[int]) -> tuple[bool, int, Key]:
        return min(by_time(self.found[index]) for index in group)

    def _id(self, group: Sequence[int]) -> str:
        number = next((self._old[index] for index in group if index in self._old), None)
        if number is not None:
            return self.previous[number].id
        key = self._first(group)[2]
        return "i" + hashlib.sha256(event_name(key).encode()).hexdigest()[:12]

    def _incident(
        self, group: Sequence[int], id_: str, inside: Sequence[Pair], not_joined: NotJoined | None, best: BestRule
    ) -> Incident:
        found = sorted((self.found[index] for index in group), key=by_time)
        sources = Sources(found, originals(found, self.settings.copies))
        type_ = choose_type(sources)
        kind = event_types()[type_]
        tolls = choose_tolls(sources, best)
        links: dict[int, list[Pair]] = defaultdict(list)
        for pair in inside:
            for index in pair:
                links[index].append(pair)
        return Incident(
            id=id_,
            type=type_,
            plover=kind.plover,
            acled_event=kind.acled_event,
            acled_sub_event=kind.acled_sub_event,
            members=[self._member(one, links[self.index[one.key]], len(group) - 1, sources.copies) for one in found],
            sources=sources.number,
            date=choose_date(sources),
            place=choose_place(sources),
            actors=choose_actors(sources),
            toll=tolls,
            disagreements=disagreements(sources, tolls),
            nearest=not_joined,
        )

    def _member(self, one: Happening, links: Sequence[Pair], others: int, copies: Mapping[str, str]) -> Member:
        index = self.index[one.key]
        confidence = why = None
        if others:
            judged = sum(self._odds(pair) for pair in links)
            confidence = probability((judged + (others - len(links)) * self.settings.absent) / others)
        if links:
            strongest = max(links, key=lambda pair: (self._odds(pair), pair))
            article, event = self.found[strongest[0] + strongest[1] - index].key
            chance = round(probability(self._odds(strongest)), 4)
            why = Why(article=article, event=event, probability=chance, reasons=self.reasons(strongest))
        return Member(
            article=one.key[0],
            event=one.key[1],
            main=one.main,
            type=one.type,
            published=one.article.published,
            source=one.article.source,
            evidence=list(one.evidence),
            confidence=None if confidence is None else round(confidence, 4),
            why=why,
            copy_of=copies.get(one.key[0]),
        )

    def _odds(self, pair: Pair) -> float:
        return _LIMIT if pair in self.must else self.odds[pair]

    def _nearest(
        self, across: Sequence[Pair], of: Mapping[int, int], ids: Sequence[str], number: int
    ) -> NotJoined | None:
        if not across:
            return None
        pair = max(across, key=lambda pair: (self.odds[pair], pair))
        index = pair[0] if of[pair[0]] != number else pair[1]
        article, event = self.found[index].key
        return NotJoined(
            incident=ids[of[index]],
            article=article,
            event=event,
            probability=round(probability(self.odds[pair]), 4),
            reasons=self._apart(pair) + self.reasons(pair),
        )

    def _apart(self, pair: Pair) -> list[str]:
        """What kept two events apart that by themselves look alike."""
        one, other = (self.found[index] for index in pair)
        if one.key[0] == other.key[0]:
            return ["one article tells them apart"]
        by = self.settings.main if one.main and other.main else self.settings.local
        if self.odds[pair] >= by.threshold and pair not in self.cannot:
            return ["the other members of their incidents speak against it"]
        return []


def worth_judging(one: Happening, other: Happening, *, whole: bool) -> bool:
    """Whether two events can be one happening at all.

    Two main events are always judged. An incident that is only mentioned must fit by type, day and place.
    """
    if one.key[0] == other.key[0]:
        return False
    if whole:
        return True
    gap = days_apart(one, other)
    if one.main and other.main:
        return False
    return (
        compatible(one.type, other.type)
        and (gap is None or gap <= _LOCAL_DAYS)
        and place_relation(one.place, other.place) not in ("far_place", "other_country")
    )
