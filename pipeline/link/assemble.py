"""What groups of events amount to: incidents, one after the other, the earliest first."""

from __future__ import annotations

import hashlib
import math
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.link.copies import by_time, originals
from pipeline.link.features import probability
from pipeline.link.happenings import Happening, Key
from pipeline.link.incidents import Incident, Member, NotJoined, Why
from pipeline.link.odds import Pair
from pipeline.link.reconcile import (
    Sources,
    choose_actors,
    choose_date,
    choose_place,
    choose_tolls,
    choose_type,
    disagreements,
)
from pipeline.link.settings import BestRule
from pipeline.ontology import event_types
from pipeline.records import Span

if TYPE_CHECKING:
    from pipeline.link.link import Linking

_WISHED = 8.0  # log-odds of what a human joined


class Assembly:
    """The incidents of a :class:`~pipeline.link.link.Linking` that has run.

    Args:
        best: how the best toll is chosen among sources.
    """

    def __init__(self, linking: Linking, best: BestRule) -> None:
        self._linking = linking
        self._found = linking.found
        self._best = best
        self._of = array("I", bytes(4 * len(self._found)))
        self._wished: dict[int, list[Pair]] = defaultdict(list)
        for number, members in enumerate(linking.groups):
            for index in members:
                self._of[index] = number
        for pair in linking.must:
            self._wished[self._of[pair[0]]].append(pair)

    def incidents(self) -> Iterator[Incident]:
        """Every incident, also those of one event."""
        groups = self._linking.groups
        for number in sorted(range(len(groups)), key=lambda number: self._first(groups[number])):
            before = self._linking.as_before(groups[number])
            yield self._incident(number) if before is None else self._again(before, groups[number])

    def ids(self) -> dict[Key, str]:
        """The incident of each event."""
        groups = self._linking.groups
        return {self._found.keys[index]: id_ for members in groups for id_ in [self._id(members)] for index in members}

    def _first(self, members: Sequence[int]) -> tuple[bool, int, Key]:
        return min(self._found.when(index) for index in members)

    def _id(self, members: Sequence[int]) -> str:
        earlier = self._linking.earlier_id(members)
        return earlier or "i" + hashlib.sha256("/".join(self._first(members)[2]).encode()).hexdigest()[:12]

    def _sources(self, members: Sequence[int]) -> Sources:
        found = sorted((self._found[index] for index in members), key=by_time)
        return Sources(found, originals(found, self._linking.settings.copies))

    def _again(self, before: Incident, members: Sequence[int]) -> Incident:
        """An incident as it was, but for the rule that chooses its tolls."""
        if all(toll.rule == self._best for toll in before.toll.values()):
            return before
        return before.model_copy(update={"toll": choose_tolls(self._sources(members), self._best)})

    def _incident(self, number: int) -> Incident:
        members = self._linking.groups[number]
        links, across = self._links(number)
        sources = self._sources(members)
        type_ = choose_type(sources)
        kind = event_types()[type_]
        tolls = choose_tolls(sources, self._best)
        index_of = {self._found.keys[index]: index for index in members}
        return Incident(
            id=self._id(members),
            type=type_,
            plover=kind.plover,
            acled_event=kind.acled_event,
            acled_sub_event=kind.acled_sub_event,
            members=[
                self._member(one, index_of[one.key], links[index_of[one.key]], len(members) - 1, sources.copies)
                for one in sources.members
            ],
            sources=sources.number,
            date=choose_date(sources),
            place=choose_place(sources),
            actors=choose_actors(sources),
            toll=tolls,
            disagreements=disagreements(sources, tolls),
            nearest=self._nearest(across, number),
        )

    def _links(self, number: int) -> tuple[dict[int, dict[Pair, float]], dict[Pair, float]]:
        """Log-odds of the pairs inside a group, for each member, and of those with one member of it."""
        inside: dict[int, dict[Pair, float]] = defaultdict(dict)
        across: dict[Pair, float] = {}
        for index in self._linking.groups[number]:
            for other, value in self._linking.odds.of(index):
                pair = (index, other) if index < other else (other, index)
                if self._of[other] == number:
                    inside[index][pair] = value
                else:
                    across[pair] = value
        for pair in self._wished[number]:
            for index in pair:
                inside[index][pair] = _WISHED
        return inside, across

    def _member(
        self, one: Happening, index: int, links: Mapping[Pair, float], others: int, copies: Mapping[str, str]
    ) -> Member:
        confidence = why = None
        if others:
            absent = (others - len(links)) * self._linking.settings.absent
            confidence = probability((math.fsum(links.values()) + absent) / others)
        if links:
            strongest = max(links, key=lambda pair: (links[pair], pair))
            article, event = self._found.keys[strongest[0] + strongest[1] - index]
            chance = round(probability(links[strongest]), 4)
            why = Why(article=article, event=event, probability=chance, reasons=self._linking.reasons(strongest))
        return Member(
            article=one.key[0],
            event=one.key[1],
            main=one.main,
            type=one.type,
            published=one.published_on,
            source=one.source,
            evidence=[Span(start=start, end=end, text=text) for start, end, text in one.evidence],
            confidence=None if confidence is None else round(confidence, 4),
            why=why,
            copy_of=copies.get(one.key[0]),
        )

    def _nearest(self, across: Mapping[Pair, float], number: int) -> NotJoined | None:
        if not across:
            return None
        pair = max(across, key=lambda pair: (across[pair], pair))
        index = pair[0] if self._of[pair[0]] != number else pair[1]
        article, event = self._found.keys[index]
        return NotJoined(
            incident=self._id(self._linking.groups[self._of[index]]),
            article=article,
            event=event,
            probability=round(probability(across[pair]), 4),
            reasons=self._linking.apart(pair) + self._linking.reasons(pair),
        )
