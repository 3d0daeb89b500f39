"""From the groups and words of harm of a text to casualty facts, and from those to the tolls of its events."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from pipeline import facts, trace
from pipeline.harm import Harm, find_harm
from pipeline.lexicon import describe
from pipeline.numbers import read_quantities
from pipeline.ontology import is_incident
from pipeline.people import people
from pipeline.records import Attribution, Casualty, Event, Status, VictimGroup, Victims
from pipeline.resources import load_yaml
from pipeline.stages.casualties.adding import STAGE, Figure, add_figures
from pipeline.stages.casualties.coordination import descriptions, summands
from pipeline.stages.casualties.groups import REFLEXIVE, Group, read_groups
from pipeline.stages.casualties.identity import identify
from pipeline.stages.casualties.victims import Reading, read_victims
from pipeline.syntax.context import Context
from pipeline.syntax.grammar import char_span, noun_phrase
from pipeline.syntax.status import read_status

_PERPETRATORS = frozenset(
    "bomber bombers attacker attackers assailant assailants hijacker hijackers perpetrator perpetrators shooter "
    "shooters gunman gunmen assassin assassins kidnapper kidnappers suspect suspects himself herself themselves".split()
)
# "No casualties were reported" says of the dead and of the hurt that there are none.
_BOTH_KINDS = frozenset({"casualty", "casualties", "victims"})
_CARE_REACH = 3
# Sentences of fewer tokens may come twice in a text that means both.
_CAPTION = 6
_ARMED = frozenset({"military", "police", "rebel", "militia", "jihadist"})


def read_casualties(doc: Doc, *, count_perpetrators: bool = False) -> tuple[list[Casualty], list[Event]]:
    """The casualties of a text in text order with ids ``c0`` …, and its events with casualties and tolls filled in."""
    context = Context(doc)
    events = facts.events(doc)
    owner = {mention.start: event for event in events for mention in event.mentions}
    quantities = read_quantities(doc)
    figures: list[Figure] = []
    sentences = list(doc.sents)

    @cache
    def told(number: int) -> list[Group]:
        """The groups of people in a sentence, by its number."""
        return read_groups(sentences[number], quantities)

    seen: set[str] = set()
    for number, sentence in enumerate(sentences):
        if len(sentence) >= _CAPTION and sentence.text.strip() in seen:
            continue  # a caption that the page repeats
        seen.add(sentence.text.strip())
        harms = find_harm(doc, context.lower, sentence.start, sentence.end)
        if _is_rate(context.lower[sentence.start : sentence.end]):
            continue
        if not harms and _BOTH_KINDS.isdisjoint(context.lower[sentence.start : sentence.end]):
            continue  # nothing in it that people are told to have suffered
        groups = told(number)
        for reading in read_victims(sentence, groups, harms):
            figures.extend(_figures(context, sentence, number, groups, reading, owner))
        figures.extend(_no_casualties(context, number, groups, owner))
        figures.extend(_nobody_either(context, number, groups, harms, owner))
    who = identify(doc, [(f.statement[0], f.group, f.casualty.kind) for f in figures], told)
    figures.sort(key=lambda figure: (figure.casualty.start, figure.casualty.kind))
    figures = [
        replace(figure, casualty=figure.casualty.model_copy(update={"id": f"c{number}"}))
        for number, figure in enumerate(figures)
    ]
    return add_figures(doc, figures, events, who, count_perpetrators=count_perpetrators)


@lru_cache(maxsize=1)
def _rates() -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in load_yaml("status.yaml")["rates"])


def _is_rate(sentence: list[str]) -> bool:
    """True for shares and rates: "31 killings per 100,000 people", "on average three a day"."""
    words = f" {' '.join(sentence)} "
    return any(phrase in words for phrase in _rates())


def _figures(
    context: Context, sentence: Span, number: int, groups: list[Group], reading: Reading, owner: dict[int, Event]
) -> list[Figure]:
    doc, harm = context.doc, reading.harm
    event = owner.get(doc[harm.start].idx) or owner.get(doc[harm.head].idx)
    if event is None and harm.word.care:
        event = _told_near(owner, doc[harm.start].idx, number)
    if event is None and groups[reading.groups[0]].best == 0:
        event = _told_last(owner, doc[harm.start].idx)
    if _counts_both(context, harm, groups[reading.groups[0]]):
        return []
    status, cue = _status(context, harm)
    counted = summands(doc, groups, reading.groups)
    chosen = [groups[index] for index in (*reading.groups, *reading.parts)]
    figures = []
    described = descriptions(doc, groups, reading.groups)
    for index, group in enumerate(chosen):
        if index < len(reading.groups) and reading.groups[index] in described:
            continue
        if group.low is None and group.best is None and group.high is None and not group.counted:
            continue  # "the opposing force was annihilated" gives no figure
        if (group.pronoun and status != "asserted") or (event is None and not group.counted):
            continue  # nothing that happened to anybody
        start, end, text = char_span(doc, *(group.figure or (group.start, group.end)))
        victims = _victims(context, sentence, group, event)
        casualty = Casualty(
            id="c",
            event=event.id if event is not None else None,
            kind=harm.word.kind,
            low=group.low,
            best=group.best,
            high=group.high,
            qualifier=group.qualifier,
            start=start,
            end=end,
            text=text,
            victims=victims,
            status=status,
            attribution=_attribution(event),
            counted=False,
            perpetrators=_is_perpetrator(doc, group, harm),
            rule=f"{reading.rule}: {doc[harm.head].lower_}",
        )
        if trace.on():
            detail = (
                f"{group.low}/{group.best}/{group.high} {harm.word.kind} by {doc[harm.start : harm.last + 1].text!r}"
            )
            trace.note(STAGE, "added", start, end, text, reading.rule, detail + (f"; {status} ({cue})" if cue else ""))
        figures.append(
            Figure(casualty, (number, harm.start), group in counted, group, harm.word.struck, harm.word.care)
        )
    return figures


def _counts_both(context: Context, harm: Harm, group: Group) -> bool:
    """True in "dozens were killed or wounded": the figure counts the two together, and neither by itself."""
    if group.best == 0 or group.value < 2:
        return False
    lower = context.lower
    # "killed or wounded", from the first word and from the second
    beside = []
    if lower[harm.last + 1 : harm.last + 2] in _OR:
        found = find_harm(context.doc, lower, harm.last + 2, min(harm.last + 4, len(context.doc)))
        beside += [other for other in found if other.start == harm.last + 2]
    if lower[harm.start - 1 : harm.start] in _OR:
        found = find_harm(context.doc, lower, max(0, harm.start - 2), harm.start - 1)
        beside += [other for other in found if other.last == harm.start - 2]
    return any({other.word.kind, harm.word.kind} == _DEAD_OR_HURT for other in beside)


_OR = (["or"], ["and/or"])
_DEAD_OR_HURT = {"killed", "injured"}


def _told_last(owner: dict[int, Event], offset: int) -> Event | None:
    """The asserted incident told last before an offset, else the first after it: "no one was hurt" is said of it."""
    told = [(start, event) for start, event in owner.items() if event.status == "asserted" and is_incident(event.type)]
    before = [item for item in told if item[0] < offset]
    if before:
        return max(before, key=lambda item: item[0])[1]
    return min(told, key=lambda item: item[0], default=(0, None))[1]


def _told_near(owner: dict[int, Event], offset: int, number: int) -> Event | None:
    """The asserted incident that people in hospital were hurt in: told last, a few sentences before at most."""
    event = _told_last(owner, offset)
    sentences = [int(mention.sentence[1:]) for mention in event.mentions if mention.sentence] if event else []
    return event if any(0 <= number - sentence <= _CARE_REACH for sentence in sentences) else None


def _status(context: Context, harm: Harm) -> tuple[Status, str]:
    status, cue = read_status(context.doc[harm.head])
    # "no one was hurt", "killed nobody": the zero says it, and it is asserted
    if status == "negated" and cue in ("no", "nobody", "none", "neither"):
        return "asserted", ""
    return status, cue


def _attribution(event: Event | None) -> Attribution | None:
    return event.attribution if event is not None else None


def _is_perpetrator(doc: Doc, group: Group, harm: Harm) -> bool:
    """True for those who did it, by name of what they did or by what they did to themselves."""
    if harm.word.care:
        return False
    to_himself = harm.last > harm.start and doc[harm.last].lower_ in REFLEXIVE  # "turned the gun on himself"
    return to_himself or doc[group.head].lower_ in _PERPETRATORS


def _no_casualties(context: Context, number: int, groups: list[Group], owner: dict[int, Event]) -> list[Figure]:
    """ "There were no casualties": nobody killed and nobody injured, said of the incident told last."""
    doc = context.doc
    figures = []
    for group in groups:
        without = "without" in [doc[i].lower_ for i in range(max(0, group.start - 3), group.start)]
        if doc[group.head].lower_ not in _BOTH_KINDS or (group.best != 0 and not (without and not group.counted)):
            continue
        start, end, text = char_span(doc, *(group.figure or (group.start, group.end)))
        event = _told_last(owner, end)
        for kind in ("killed", "injured"):
            casualty = Casualty(
                id="c", event=event.id if event is not None else None, kind=kind, low=0, best=0, high=0,
                start=start, end=end, text=text, rule="no casualties",
            )  # fmt: skip
            nobody = replace(group, low=0, best=0, high=0, counted=True, vague=False)
            figures.append(Figure(casualty, (number, group.head), True, nobody))
    return figures


def _nobody_either(
    context: Context, number: int, groups: list[Group], harms: list[Harm], owner: dict[int, Event]
) -> list[Figure]:
    """The second half of "no one was killed or injured", "no deaths or injuries": nobody of that kind, either."""
    doc = context.doc
    figures = []
    for first, second in pairwise(harms):
        between = context.lower[first.last + 1 : second.start]
        zero = next((g for g in groups if g.best == 0 and g.start <= first.start and first.start - g.end <= 3), None)
        if zero is None or between not in (["or"], ["nor"], ["and"]) or first.word.kind == second.word.kind:
            continue
        start, end, text = char_span(doc, *(zero.figure or (zero.start, zero.end)))
        event = _told_last(owner, doc[first.start].idx)
        casualty = Casualty(
            id="c",
            event=event.id if event is not None else None,
            kind=second.word.kind,
            low=0,
            best=0,
            high=0,
            start=start,
            end=end,
            text=text,
            rule=f"nobody either: {doc[second.head].lower_}",
        )
        figures.append(Figure(casualty, (number, second.start), True, zero))
    return figures


def _victims(context: Context, sentence: Span, group: Group, event: Event | None) -> Victims | None:
    """The words that name the victims, less their number, with group, countries and actor."""
    doc = context.doc
    bounds = _victim_words(sentence, group)
    if bounds is None:
        return None
    first, last = bounds
    start, end, text = char_span(doc, first, last)
    words = [context.lower[i] for i in range(first, last)]
    head = next((i for i in range(group.head, group.head + 1) if first <= i < last), last - 1)
    kind = people().group(words[: head - first + 1])
    said = describe(text)
    if kind == "unknown" and said.kind in _ARMED:
        kind = "combatant"
    countries = list(said.countries)
    actor = None
    for index in range(first, last):
        entity = context.entity_at.get(index)
        country = context.country_at(index)
        if not countries and not said.sponsors and country is not None and doc[index].ent_type_ in ("NORP", "GPE"):
            countries.append(country)
        if actor is None and entity is not None and entity.actor is not None:
            actor = entity.actor
            known = context.actors.get(actor)
            if kind == "unknown" and known is not None and known.kind in _ARMED:
                kind = "combatant"
    if kind == "unknown" and event is not None and doc[head].tag_.startswith("NNP"):
        kind = _group_of_target(event)
    return Victims(start=start, end=end, text=text, group=kind, countries=countries, actor=actor)


def _group_of_target(event: Event) -> VictimGroup:
    """People named by nation alone are what the event's target is."""
    groups = {people().group(target.text.lower().replace("–", " ").split()) for target in event.target} - {"unknown"}
    return groups.pop() if len(groups) == 1 else "unknown"


def _victim_words(sentence: Span, group: Group) -> tuple[int, int] | None:
    doc = sentence.doc
    if group.figure is None:
        first = group.start
        while first < group.end - 1 and doc[first].tag_ in ("DT", "PRP$"):
            first += 1
        return first, max(group.end, noun_phrase(doc[group.head])[1])
    begin = group.figure[1]
    while begin < group.end and (doc[begin].tag_ in ("DT", "PRP$") or doc[begin].lower_ in ("of", "other", "more")):
        begin += 1
    if begin < group.end and doc[group.head].tag_.startswith("NN"):
        return begin, max(group.end, noun_phrase(doc[group.head])[1])
    return _partitive(sentence)


def _partitive(sentence: Span) -> tuple[int, int] | None:
    """ "Of the 500 Syrians and Russians, 300 were killed": the people that a bare number is taken from."""
    first = sentence[0]
    while first.is_space and first.i + 1 < sentence.end:
        first = first.nbor()
    if first.lower_ not in ("of", "among"):
        return None
    noun: Token | None = next((child for child in first.children if child.dep_ == "pobj"), None)
    if noun is None or noun.ent_type_ in ("DATE", "TIME"):
        return None
    begin, end = noun_phrase(noun)
    for child in noun.children:
        if child.dep_ == "conj" and child.i >= end:
            end = noun_phrase(child)[1]
    while (
        begin < noun.i and (doc_tag := sentence.doc[begin].tag_) in ("DT", "CD", "PRP$", "VBN", "JJ", "RB") and doc_tag
    ):
        if sentence.doc[begin].ent_type_ == "NORP":
            break
        begin += 1
    return begin, end
