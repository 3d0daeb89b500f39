"""Who and what words stand for: nations, known actors, kinds of people, weapons, vehicles.

The words stand in ``models/lexicons/{nations,actors,weapons,vehicles}.yaml``. Begin with :func:`describe` for a phrase
("Turkish-backed factions"), :func:`known_actor` for a name ("PKK"), :func:`weapon_class` for a thing ("car bomb").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from pipeline.errors import ResourceError, nearest
from pipeline.inflect import verb_forms
from pipeline.people import people
from pipeline.records import ActorKind, VictimGroup
from pipeline.resources import load_yaml
from pipeline.wordtable import plural

_COMBATANT_KINDS = frozenset({"military", "police", "rebel", "militia", "jihadist"})
_WORDS = re.compile(r"[^\W\d_][\w.&]*(?:['’](?!s\b)\w+)*(?:-\w+)*|[\d,.]*\d")
_REMEMBERED = 8192  # answers that are kept: most names and phrases come more than once
_QUOTES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "–": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor of the lexicon. ``weak`` names are ordinary words too and need other evidence."""

    name: str
    country: str | None
    kind: ActorKind
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """What a phrase for people says of them.

    ``kind`` is ``None`` where no word tells it. ``countries`` are ISO codes of their nationality, ``sponsors`` of those
    who stand behind them ("Turkish-backed"), which is no nationality.
    """

    kind: ActorKind | None
    countries: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    known: KnownActor | None = None


@dataclass(frozen=True)
class _Kinds:
    """Words to kinds, lower-case, singular and plural."""

    heads: dict[str, ActorKind]
    modifiers: dict[str, ActorKind]
    name_words: dict[str, ActorKind]
    titles: dict[str, ActorKind]
    state_forces: frozenset[str]
    national_military: frozenset[str]
    sponsor_endings: frozenset[str]
    offices: frozenset[str]
    sponsored_kind: ActorKind


@lru_cache(maxsize=_REMEMBERED)
def normal(name: str) -> str:
    """A name as the lexicon writes it: plain quotes and hyphens, single spaces, no leading article."""
    name = " ".join(name.translate(_QUOTES).split())
    return name[4:] if name[:4] in ("the ", "The ", "THE ") else name


def _both(words: Iterable[str]) -> set[str]:
    forms = set()
    for word in words:
        *first, last = str(word).lower().split()
        forms |= {" ".join([*first, last]), " ".join([*first, plural(last)])}
    return forms


@lru_cache(maxsize=1)
def _kinds() -> _Kinds:
    data = load_yaml("lexicons", "actors.yaml")

    def table(key: str, *, plurals: bool) -> dict[str, ActorKind]:
        found: dict[str, ActorKind] = {}
        kinds: tuple[ActorKind, ...] = get_args(ActorKind)
        for kind in kinds:
            words = data[key].get(kind, [])
            for form in _both(words) if plurals else {str(word).lower() for word in words}:
                found.setdefault(form, kind)
        return found

    return _Kinds(
        table("heads", plurals=True),
        table("modifiers", plurals=False),
        table("name_words", plurals=False),
        table("titles", plurals=False),
        frozenset(_both(data["state_forces"])),
        frozenset(_both(data["national_military"])),
        frozenset(data["sponsor_endings"]),
        frozenset(_both(data["offices"])),
        data["sponsored_kind"],
    )


@lru_cache(maxsize=1)
def known_actors() -> dict[str, KnownActor]:
    """Every name of the lexicon, as :func:`normal` writes it, with its actor."""
    data = load_yaml("lexicons", "actors.yaml")
    weak = {str(name) for name in data["weak"]}
    found: dict[str, KnownActor] = {}
    for kind, rows in data["known"].items():
        if kind not in get_args(ActorKind):
            raise ResourceError(f"lexicons/actors.yaml: known: no kind {kind!r}.{nearest(kind, get_args(ActorKind))}")
        for name, (country, *others) in rows.items():
            for form in (name, *others):
                found.setdefault(normal(str(form)), KnownActor(name, country, kind, str(form) in weak))
    for kind, by_country in data["others"].items():
        for country, names in by_country.items():
            for name in names:
                actor = KnownActor(str(name), None if country == "none" else country, kind, str(name) in weak)
                found.setdefault(normal(str(name)), actor)
    return found


def known_actor(name: str) -> KnownActor | None:
    """The lexicon's actor of this name, whatever its quotes and leading article; a name in capitals matches as well."""
    actors = known_actors()
    name = normal(name)
    return actors.get(name) or (_shouted().get(name) if name.isupper() and len(name) > 3 else None)


@lru_cache(maxsize=1)
def _shouted() -> dict[str, KnownActor]:
    return {name.upper(): actor for name, actor in reversed(known_actors().items())}


@lru_cache(maxsize=1)
def _nations() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Names of states and words for their people, to country codes; the words for people in lower case."""
    data = load_yaml("lexicons", "nations.yaml")
    names: dict[str, tuple[str, ...]] = {}
    words: dict[str, tuple[str, ...]] = {}
    for code, row in data["countries"].items():
        for name in row["names"]:
            names[name] = names[name.upper()] = (code,)
        for word in row["people"]:
            for form in {word.lower(), _people(word).lower()}:
                words[form] = (*words.get(form, ()), code)
    for seat, code in data["seats"].items():
        names[seat] = names[seat.upper()] = (code,)
    return names, words


@lru_cache(maxsize=1)
def peoples() -> frozenset[str]:
    """Words for peoples, faiths and nations with a capital, singular and plural: the label NORP."""
    data = load_yaml("lexicons", "nations.yaml")
    words = {str(word) for word in data["peoples"]}
    words.update(word for row in data["countries"].values() for word in row["people"])
    return frozenset(words | {_people(word) for word in words})


def _people(word: str) -> str:
    """The plural of a word for people: "Germans", but "Japanese" and "Irish"."""
    if word.endswith(("ese", "ish", "ch", "men", "ss", "s", "ois", "woman", "ic", "can Indian")):
        return word
    return (word[:-1] + "ies") if word.endswith("ry") else word + "s"


@lru_cache(maxsize=_REMEMBERED)
def countries_of(text: str) -> tuple[str, ...]:
    """Country codes that a name or a word for people stands for: ``("SY",)`` for "Syria", "Syrian" and "Syrians"."""
    names, words = _nations()
    text = normal(text)
    return names.get(text) or (words.get(text.lower(), ()) if text[:1].isupper() else ())


def capital_of(name: str) -> str | None:
    """The country code of a capital that can stand for its government: ``"RU"`` for "Moscow"."""
    capitals: dict[str, str] = load_yaml("lexicons", "nations.yaml")["capitals"]
    return capitals.get(normal(name)) or capitals.get(normal(name).title())


def name_of_country(code: str) -> str:
    """The usual English name of a country."""
    rows = load_yaml("lexicons", "nations.yaml")["countries"]
    return str(rows[code]["names"][0]) if code in rows else code


def countries_within(text: str) -> tuple[str, ...]:
    """Country codes of the nations that a longer name or phrase holds, in order: two for "Syrian–Russian force"."""
    found: list[str] = []
    words = re.split(r"[\s\-]+", re.sub(r"['’]s\b|[,;()]", "", text.translate(_QUOTES)))
    position = 0
    while position < len(words):
        for size in (4, 3, 2, 1):
            codes = countries_of(" ".join(words[position : position + size])) if words[position] else ()
            if codes and position + size <= len(words):
                found.extend(code for code in codes if code not in found)
                position += size - 1
                break
        position += 1
    return tuple(found)


def kind_of_title(title: str) -> ActorKind | None:
    """The kind of a person with this title: ``military`` for "General"."""
    return _kinds().titles.get(title.lower()) or _kinds().titles.get(title.lower() + ".")


def is_title(word: str) -> bool:
    """Whether the words are a title that stands before a name."""
    return kind_of_title(word) is not None


def is_head(word: str) -> bool:
    """Whether a word is a noun for people or their bodies, such as "army" or "gunmen"."""
    return word.lower() in _kinds().heads


def is_person(word: str) -> bool:
    """Whether a noun names one or several people, by their work or state: "minister", "brothers"."""
    return people().is_person(word) or is_title(word)


@lru_cache(maxsize=1)
def addressing_verbs() -> frozenset[str]:
    """All forms of the verbs whose object acts, too: a state that is accused or thanked."""
    verbs = load_yaml("lexicons", "actors.yaml")["addressing_verbs"]
    return frozenset(form for verb in verbs for form in verb_forms(verb))


def kind_of_name(name: str) -> ActorKind | None:
    """The kind that the words of an organisation's name tell: ``police`` for "Philippine National Police"."""
    kinds = _kinds().name_words
    words = [word.lower() for word in _WORDS.findall(name)]
    # "Ministry of Defense": what the name is of does not tell its kind.
    cut = next((i for i, word in enumerate(words) if word in ("of", "for") and i), len(words))
    for part in (words[:cut], words[cut:]):
        for position in range(len(part) - 1, -1, -1):
            kind = kinds.get(" ".join(part[max(0, position - 1) : position + 1])) or kinds.get(part[position])
            if kind is not None:
                return kind
    return None


def is_acronym(word: str, name: str) -> bool:
    """Whether a word in capitals is made of letters of a name, the first of its words first."""
    letters = iter(name.upper())
    return (
        1 < len(word) < 9
        and word.isupper()
        and word[0] == name[0].upper()
        and all(letter in letters for letter in word)
    )


@lru_cache(maxsize=_REMEMBERED)
def describe(phrase: str) -> Description:
    """What a noun phrase says of the people it names: ``describe("Turkish-backed factions")``.

    Args:
        phrase: the words as in the text, capitals kept, without a relative clause.
    """
    kinds = _kinds()
    sponsors, rest = _sponsors(phrase)
    words = _WORDS.findall(rest)
    lower = [word.lower() for word in words]
    known = _known_within(words)
    countries = countries_within(" ".join(words))
    kind: ActorKind | None = None
    head = _head(lower, kinds)
    modifiers = lower[:head] if head is not None else []
    if known is not None:
        kind = known.kind
        countries = countries or ((known.country,) if known.country else ())
    elif head is not None:
        two = " ".join(lower[max(0, head - 1) : head + 1])
        kind = kinds.heads.get(two) or kinds.heads.get(lower[head])
        by_modifier = next((kinds.modifiers[word] for word in reversed(modifiers) if word in kinds.modifiers), None)
        served = _served(words, head, kinds) if by_modifier is None else None
        if served is not None:
            kind = served
        elif by_modifier == "government":
            kind = "military" if lower[head] in kinds.state_forces else "government"
        elif by_modifier is not None and kind != "civilians":
            kind = by_modifier
        elif sponsors:
            kind = kinds.sponsored_kind if kind in (None, "unknown", "rebel", "military") else kind
        elif lower[head] in kinds.national_military and countries:
            kind = "military"
    elif sponsors:
        kind = kinds.sponsored_kind
    elif any(word[:1].isupper() for word in words):
        kind = kind_of_name(rest)
    return Description(kind, countries, sponsors, known)


def _served(words: Sequence[str], head: int, kinds: _Kinds) -> ActorKind | None:
    """The kind of the body that an office is in: ``military`` for "a spokesman for the Kenyan army"."""
    if words[head].lower() not in kinds.offices or words[head + 1 : head + 2] not in (
        ["for"],
        ["of"],
        ["from"],
        ["with"],
        ["in"],
    ):
        return None
    kind = describe(" ".join(words[head + 2 :])).kind
    return None if kind in ("unknown", "civilians") else kind


def _head(lower: Sequence[str], kinds: _Kinds) -> int | None:
    """The last noun for people before a preposition; "a number of", "members of" are passed over."""
    begin = 0
    for stop in (*(i for i, word in enumerate(lower) if word in _PREPOSITIONS and i), len(lower)):
        for position in range(stop - 1, begin - 1, -1):
            if lower[position] in _PARTITIVES:
                break
            if lower[position] in kinds.heads or " ".join(lower[max(0, position - 1) : position + 1]) in kinds.heads:
                return position
        if stop < len(lower) and lower[stop] != "of":
            return None
        begin = stop + 1
    return None


_SERVING = frozenset({"for", "of", "from", "with", "in"})
_PARTITIVES = frozenset(
    "number dozens hundreds thousands scores members member group groups some many most all majority handful couple "
    "several crowd crowds team one two three part remnants elements".split()
)
_PREPOSITIONS = frozenset(
    {"of", "in", "at", "on", "near", "with", "for", "to", "by", "who", "that", "which", "against"}
)


def _sponsors(phrase: str) -> tuple[tuple[str, ...], str]:
    """Countries behind a group, and the phrase without the words that say so."""
    endings = "|".join(_kinds().sponsor_endings)
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        found.extend(countries_within(match.group(1)))
        return " "

    rest = re.sub(rf"([\w.]+(?: [A-Z][\w.]+)?)[-–‑ ](?:{endings})\b(?!['’])", take, phrase)
    return tuple(dict.fromkeys(found)), rest


def _known_within(words: Sequence[str]) -> KnownActor | None:
    actors = known_actors()
    for size in (5, 4, 3, 2, 1):
        for start in range(len(words) - size + 1):
            actor = actors.get(normal(" ".join(words[start : start + size])))
            if actor is not None and not actor.weak:
                return actor
    return None


def kind_of(phrase: str) -> tuple[ActorKind, tuple[str, ...]]:
    """Kind and countries of a phrase; ``unknown`` where no word tells the kind."""
    said = describe(phrase)
    return said.kind or "unknown", said.countries


def victim_group(phrase: str) -> VictimGroup:
    """Whether the people of a phrase are civilians or combatants, by its nouns, its modifiers and known actors."""
    words = [word.lower() for word in _WORDS.findall(phrase)]
    group = people().group(words)
    if group != "unknown":
        return group
    said = describe(phrase)
    if said.kind in _COMBATANT_KINDS:
        return "combatant"
    return "civilian" if said.kind in ("protesters", "media", "government") else "unknown"


@lru_cache(maxsize=2)
def things(name: str) -> dict[str, str]:
    """The words of ``weapons`` or ``vehicles``, singular and plural, in lower case, with their class."""
    data: dict[str, Any] = load_yaml("lexicons", f"{name}.yaml")
    found: dict[str, str] = {}
    for kind, words in data["classes"].items():
        for form in _both(words):
            found.setdefault(form, kind)
    return found


@lru_cache(maxsize=2)
def unlabelled(name: str) -> frozenset[str]:
    """Words of ``weapons`` or ``vehicles`` that are no entity by themselves."""
    return frozenset(_both(load_yaml("lexicons", f"{name}.yaml")["unlabelled"]))


def _class_of(name: str, text: str) -> str | None:
    table = things(name)
    words = normal(text).lower().split()
    for start in range(len(words)):  # "a large car bomb": the longest known tail
        kind = table.get(" ".join(words[start:]))
        if kind is not None:
            return kind
    return None


def weapon_class(text: str) -> str | None:
    """The class of a weapon (``drone``, ``explosive`` …, see ``weapons.yaml``), ``None`` for other things."""
    return _class_of("weapons", text)


def vehicle_class(text: str) -> str | None:
    """The class of a vehicle (``armoured``, ``road`` …, see ``vehicles.yaml``), ``None`` for other things."""
    return _class_of("vehicles", text)
