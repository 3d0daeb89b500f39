"""Which mentions speak of one happening.

Mentions are read in text order; each joins the cluster that it fits best, or opens a new one. What forbids a join:
types that cannot be one event, dates or places that exclude each other, sides that have changed roles, words that say
"another". What speaks for one: the same sentence, a definite description ("the attack"), a word of harm, nearness.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as day
from functools import lru_cache
from itertools import takewhile
from math import cos, hypot, radians
from typing import Any

from spacy.tokens import Token

from pipeline.ontology import compatible, event_types, is_incident
from pipeline.records import DateValue, Place, Status
from pipeline.stages.events.roles import Roles
from pipeline.stages.events.triggers import Trigger

_JOIN = 1.0
_NEWS_DAYS = 14
# Sentences behind which nothing joins an event any more. No news story is as long: what is, is several put together,
# and the cost of comparing all with all would grow with the square of the length.
_CLOSED = 200


@dataclass(slots=True)
class Mention:
    """One trigger with all that its sentence says of it.

    ``separate``: its own words set it apart from whatever was told ("another attack"); ``before``: it tells of what
    came before the news; ``apart``: its sentence opens something new ("Meanwhile, …"), so it joins only what is told in
    the same sentence.
    """

    trigger: Trigger
    head: Token
    sentence: int
    type: str
    status: Status
    status_cue: str
    roles: Roles
    attribution: tuple[Token, str] | None
    date: DateValue | None
    place: Place | None
    anaphoric: bool = False
    separate: bool = False
    before: bool = False
    apart: bool = False
    headline: bool = False
    source_sides: frozenset[str] = frozenset()
    target_sides: frozenset[str] = frozenset()
    clause: str = ""
    rules: list[str] = field(default_factory=list)

    @property
    def generic(self) -> bool:
        """True for words that fit any incident: harm without a doer's verb, "incident", "violence"."""
        return self.type in ("violence", "death", "happening")


@dataclass(slots=True)
class Cluster:
    """The mentions of one event, in text order, and why each joined."""

    mentions: list[Mention]
    reasons: list[str]
    _kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def add(self, mention: Mention, reason: str) -> None:
        """Take a mention in; what was worked out of the others is worked out anew."""
        self.mentions.append(mention)
        self.reasons.append(reason)
        self._kept.clear()

    @property
    def last(self) -> Mention:
        return self.mentions[-1]

    def type(self) -> str:
        """The most telling type of its mentions: concrete before abstract, graver before lighter, then the first."""
        found: str | None = self._kept.get("type")
        if found is None:
            found = self._kept["type"] = self._type()
        return found

    def _type(self) -> str:
        types = event_types()
        concrete = [m for m in self.mentions if not m.generic] or self.mentions
        asserted = [m for m in concrete if m.status == "asserted"] or concrete
        return max((m.type for m in asserted), key=lambda type_: types[type_].news)

    def first(self, attribute: str) -> object:
        return next((value for m in self.mentions if (value := getattr(m, attribute))), None)

    def dates(self) -> list[DateValue]:
        """What its mentions say of the time, each once."""
        found: list[DateValue] | None = self._kept.get("dates")
        if found is None:
            dates = [m.date for m in self.mentions if m.date is not None]
            found = list({(date.text, date.earliest, date.latest, date.precision): date for date in dates}.values())
            self._kept["dates"] = found
        return found

    def places(self) -> list[Place]:
        """Where its mentions say that it happened, each place once."""
        found: list[Place] | None = self._kept.get("places")
        if found is None:
            places = [m.place for m in self.mentions if m.place is not None]
            found = self._kept["places"] = list({place.id: place for place in places}.values())
        return found

    def all_are(self, what: str, test: Callable[[Mention], bool]) -> bool:
        """True if the test, of which ``what`` is the name, holds of every mention."""
        found: bool | None = self._kept.get(what)
        if found is None:
            found = self._kept[what] = all(map(test, self.mentions))
        return found

    def status(self) -> Status:
        """Asserted if any mention is, else the first one's."""
        return self.mentions[0].status if self.all_are("doubtful", lambda m: m.status != "asserted") else "asserted"

    def in_sentence(self, number: int) -> list[Mention]:
        """Its mentions in the sentence that is being read, none of which are behind it; the last comes first."""
        return list(takewhile(lambda m: m.sentence == number, reversed(self.mentions)))

    def sides(self, attribute: str) -> frozenset[str]:
        found: frozenset[str] | None = self._kept.get(attribute)
        if found is None:
            found = self._kept[attribute] = frozenset(side for m in self.mentions for side in getattr(m, attribute))
        return found


def link(mentions: list[Mention], *, published: str | None = None) -> list[Cluster]:
    """Clusters of mentions, ordered by their first mention.

    Args:
        published: ISO date; an undated incident is taken to be news of about that day.
    """
    clusters: list[Cluster] = []
    open_: list[Cluster] = []
    sentence = 0
    for mention in mentions:
        if mention.sentence != sentence:
            sentence = mention.sentence
            open_ = [cluster for cluster in open_ if sentence - cluster.last.sentence <= _CLOSED]
        best: tuple[float, Cluster, str] | None = None
        anchor = _anchor(mention, open_)
        if anchor is not None:
            anchor.add(mention, "said of it")
            continue
        for cluster in open_:
            scored = _score(mention, cluster, published)
            if scored is not None and scored[0] >= _JOIN and (best is None or scored[0] >= best[0]):
                best = (scored[0], cluster, scored[1])
        if best is None:
            clusters.append(Cluster([mention], ["opens"]))
            open_.append(clusters[-1])
        else:
            best[1].add(mention, best[2])
    return clusters


def _anchor(mention: Mention, clusters: list[Cluster]) -> Cluster | None:
    """The event that grammar says the harm is of: its subject, or what its relative clause hangs on.

    "a firefight that left 13 dead", "the blast killed two".
    """
    if mention.trigger.harm is None or mention.type not in ("violence", "death"):
        return None
    head = mention.head
    near: list[Token] = []
    for token in (head, head.head):
        near += [child for child in token.children if child.dep_ in ("nsubj", "agent")]
        near += [noun for child in token.children if child.dep_ == "agent" for noun in child.children]
        if token.dep_ in ("relcl", "acl"):
            near.append(token.head)
    heads = {token.i for token in near}
    for cluster in reversed(clusters):
        if is_incident(cluster.type()) and any(
            m.head.i in heads and m.trigger.word_class != "verb" for m in cluster.in_sentence(mention.sentence)
        ):
            return cluster if cluster.mentions[0].status == mention.status else None
    return None


def _score(mention: Mention, cluster: Cluster, published: str | None) -> tuple[float, str] | None:
    """How well a mention fits a cluster, and the reason; ``None`` where something forbids it."""
    type_ = cluster.type()
    same_sentence = cluster.last.sentence == mention.sentence
    if _set_apart(mention, cluster, same_sentence) or _apart(mention, cluster, published):
        return None
    if not is_incident(mention.type) or not is_incident(type_):
        return _score_other(mention, cluster, type_)
    fits = compatible(mention.type, type_) or mention.generic or cluster.all_are("generic", lambda m: m.generic)
    both_violent = _of_one_attack(mention.type) and _of_one_attack(type_)
    if {mention.type, type_} == {"property_destruction", "violent_demonstration"}:
        return None  # looting beside a riot is told apart
    if not (fits or both_violent):
        return None
    evidence = {
        "same sentence": 1.5 * same_sentence,
        "definite description": 1.5 * mention.anaphoric,
        "word of harm": 1.0 * mention.generic,
        # a bomb, then shots: parts of one attack, unless something says otherwise
        "same kind": 0.8 if fits else 0.5,
        "same place": 0.5
        * any(mention.place is not None and mention.place.id == place.id for place in cluster.places()),
        "same date": 0.5 * any(mention.date is not None and _same_date(mention.date, date) for date in cluster.dates()),
        "same side": 0.4
        * bool(
            mention.target_sides & cluster.sides("target_sides") or mention.source_sides & cluster.sides("source_sides")
        ),
        "near": max(0.0, 0.6 - 0.1 * (mention.sentence - cluster.last.sentence)),
    }
    return sum(evidence.values()), ", ".join(reason for reason, weight in evidence.items() if weight)


def _set_apart(mention: Mention, cluster: Cluster, same_sentence: bool) -> bool:
    """True if the mention's own words or status keep it out of the cluster."""
    if mention.separate or (mention.apart and not (same_sentence and cluster.mentions[0].sentence == mention.sentence)):
        return True
    if not same_sentence and cluster.all_are("happening", lambda m: m.type == "happening"):
        return True
    if not same_sentence and not mention.anaphoric and cluster.all_are("before", lambda m: m.before):
        return True  # "a year after the massacre, in which six died. On Saturday a guard was wounded"
    return mention.status != cluster.status() and not (mention.anaphoric and not mention.status_cue)


def _of_one_attack(type_: str) -> bool:
    """True for kinds of violence that can be parts of one attack; what a crowd does is no part of a bombing."""
    return event_types()[type_].violent and type_ not in ("violent_demonstration", "excessive_force", "sexual_violence")


def _score_other(mention: Mention, cluster: Cluster, type_: str) -> tuple[float, str] | None:
    """Words and policy: one event only for the same type, told again by a definite noun or in one clause."""
    if mention.type != type_:
        return None
    distance = mention.sentence - cluster.last.sentence
    if mention.anaphoric and distance <= 3:
        return 1.6 - 0.1 * distance, "definite description"
    here = [m.head for m in cluster.in_sentence(mention.sentence)]
    if any(mention.head.is_ancestor(head) or head.is_ancestor(mention.head) for head in here):
        return 1.2, "same clause"
    first = cluster.mentions[0]
    if first.headline and mention.head.lower_[:5] == first.head.lower_[:5]:
        return 1.2, "headline"
    return None


def _apart(mention: Mention, cluster: Cluster, published: str | None) -> bool:
    """True if dates, places or sides exclude that both are one happening."""
    dates = cluster.dates()
    if mention.date is not None and dates and not any(_overlap(mention.date, date) for date in dates):
        return not _may_follow(mention, dates)
    if mention.date is not None and not dates and mention.sentence > cluster.mentions[0].sentence:
        if mention.date.precision in ("month", "year") or _is_old(mention.date, published):
            return True
    places = cluster.places()
    if mention.place is not None and places and not any(_near(mention.place, place) for place in places):
        return True
    return _swapped(mention, cluster)


def _may_follow(mention: Mention, dates: list[DateValue]) -> bool:
    """True for a death or a count that came later: "died of his wounds on Saturday", "the toll rose on Monday"."""
    harm = mention.trigger.harm
    if harm is None or harm.word.voice not in ("intransitive", "noun", "state") or mention.date is None:
        return False
    later = mention.date.earliest
    if later is None:
        return all(date.earliest is None for date in dates)
    return any(
        date.latest is not None and 0 <= (day.fromisoformat(later) - day.fromisoformat(date.latest)).days <= _NEWS_DAYS
        for date in dates
    )


def _is_old(date: DateValue, published: str | None) -> bool:
    """True for a date well before the news of the day."""
    if published is None or date.latest is None:
        return False
    return (day.fromisoformat(published) - day.fromisoformat(date.latest)).days > _NEWS_DAYS


def _swapped(mention: Mention, cluster: Cluster) -> bool:
    """True if those who did it there have it done to them here: a counter-attack is an event of its own."""
    sources, targets = cluster.sides("source_sides"), cluster.sides("target_sides")
    if sources & targets or mention.source_sides & sources:
        return False  # a clash, where each side is both, or the same doer
    own = mention.source_sides & mention.target_sides
    hit = (mention.target_sides - own) & sources and not mention.target_sides & targets
    did = (mention.source_sides - own) & targets
    if mention.trigger.harm is not None and mention.trigger.type in ("violence", "death") and not mention.source_sides:
        # attackers die, too: only a side with a flag tells
        return bool(hit) and any(side.isupper() for side in mention.target_sides & sources)
    return bool(hit or did)


def _overlap(first: DateValue, second: DateValue) -> bool:
    if first.text.lower() == second.text.lower():
        return True
    if first.earliest is None or second.earliest is None or first.latest is None or second.latest is None:
        # unresolved: two different weekdays exclude each other, and so do "Wednesday" and a date with its year
        if any(_weekday(date) and _dated(other) for date, other in ((first, second), (second, first))):
            return False
        if first.earliest is None and second.earliest is None and _DAY.search(first.text) and _DAY.search(second.text):
            return _DAY.findall(first.text) == _DAY.findall(second.text)  # "24 Jan" and "25 Jan"
        return (first.earliest is None) != (second.earliest is None) or not (
            _weekday(first) and _weekday(second) and _weekday(first) != _weekday(second)
        )
    return first.earliest <= second.latest and second.earliest <= first.latest


_DAY = re.compile(r"\b\d{1,2}\b")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _dated(date: DateValue) -> bool:
    """True for a date that the text gives with its year."""
    return date.earliest is not None and date.earliest[:4] in date.text


def _weekday(date: DateValue) -> str | None:
    return _weekday_in(date.text)


@lru_cache(maxsize=1024)
def _weekday_in(text: str) -> str | None:
    return next((day for day in _WEEKDAYS if day in text.lower()), None)


def _same_date(first: DateValue, second: DateValue) -> bool:
    return _overlap(first, second) and (first.precision == second.precision)


def _near(first: Place, second: Place) -> bool:
    """True if one place may hold the other: the same, unresolved, or a wider one of the same country or province."""
    if first.id == second.id or (first.gazetteer_id and first.gazetteer_id == second.gazetteer_id):
        return True
    if first.country is None or second.country is None:
        return first.lat is None or second.lat is None
    if first.country != second.country:
        return False
    wide = ("country", "region")
    if first.precision in wide or second.precision in wide:
        return True
    if first.admin1 and second.admin1 and first.admin1 == second.admin1:
        return (
            "admin1" in (first.precision, second.precision)
            or "admin2" in (first.precision, second.precision)
            or _km(first, second) <= 15
        )
    return _km(first, second) <= 15


def _km(first: Place, second: Place) -> float:
    """Great-circle distance in km, by the equirectangular approximation (good to 1 % at these distances)."""
    if first.lat is None or second.lat is None or first.lon is None or second.lon is None:
        return 0.0
    x = radians(second.lon - first.lon) * cos(radians((first.lat + second.lat) / 2))
    return 6371 * hypot(x, radians(second.lat - first.lat))
