"""Who acts: name, country and kind, and one actor however often it is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from pipeline import facts, trace
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.lexicon import (
    countries_of,
    countries_within,
    describe,
    kind_of,
    kind_of_name,
    known_actor,
    known_actors,
    peoples,
    victim_group,
)
from pipeline.stages.actors import find_actors

ROOT = Path(__file__).parents[2]
Found = list[tuple[str, str | None, str, list[str]]]

CASES: dict[str, tuple[str, Found]] = {
    "known_group": (
        "Fighters of the PKK attacked the post.",
        [("Kurdistan Workers' Party", "TR", "rebel", ["PKK"])],
    ),
    "one_group_under_two_names": (
        "The Islamic State claimed the attack. ISIS had lost the town in May.",
        [("Islamic State", None, "jihadist", ["Islamic State", "ISIS"])],
    ),
    "acronym_given_by_the_text": (
        "The Azara Patriotic Front (APF) took the town. On Monday the APF left it.",
        [("Azara Patriotic Front", None, "rebel", ["Azara Patriotic Front", "APF", "APF"])],
    ),
    "person_by_last_name": (
        "Gen. Aram Haddad resigned on Monday. A day later Haddad left the country.",
        [("Aram Haddad", None, "military", ["Aram Haddad", "Haddad"])],
    ),
    "title_tells_the_kind": (
        "President Joseph Miller spoke.",
        [("Joseph Miller", None, "government", ["Joseph Miller"])],
    ),
    "title_cut_in_two_words": (
        "Military spokesman Col. Peter Mason denied it.",
        [("Peter Mason", None, "military", ["Peter Mason"])],
    ),
    "country_before_the_title": (
        "Turkish Defense Minister Yasin Demir spoke.",
        [("Yasin Demir", "TR", "government", ["Yasin Demir"])],
    ),
    "office_before_a_comma": (
        "The minister, Thomas Miller, spoke.",
        [("Thomas Miller", None, "government", ["Thomas Miller"])],
    ),
    "apposition_after_the_name": (
        "Peter Mason, a spokesman for the Kenyan army, denied it.",
        [("Peter Mason", "KE", "military", ["Peter Mason"])],
    ),
    "apposition_after_an_age": (
        "Peter Mason, 45, a farmer, was shot.",
        [("Peter Mason", None, "civilians", ["Peter Mason"])],
    ),
    "country_that_does_it": ("Russia violated the truce.", [("Russia", "RU", "government", ["Russia"])]),
    "country_that_is_named_as_doer": (
        "The pact was signed by the United States and Russia.",
        [("United States", "US", "government", ["United States"]), ("Russia", "RU", "government", ["Russia"])],
    ),
    "country_that_is_accused": (
        "The group accused Turkey of shelling the village.",
        [("Turkey", "TR", "government", ["Turkey"])],
    ),
    "country_where": ("Four men died in Russia.", []),
    "country_behind_a_town": ("Four men died in Basra, Iraq.", []),
    "country_that_is_hit": ("An earthquake hit Nepal.", []),
    "country_as_modifier": ("U.S. soldiers left.", []),
    "capital_that_speaks": ("Moscow denied the report.", [("Russia", "RU", "government", ["Moscow"])]),
    "force_by_the_words_of_its_name": (
        "The Philippine National Police confirmed it.",
        [("Philippine National Police", "PH", "police", ["Philippine National Police"])],
    ),
    "organisation_of_the_united_nations": (
        "UNICEF condemned the attack.",
        [("UNICEF", None, "international", ["UNICEF"])],
    ),
    "newspaper": ("The Azara Herald reported it.", [("Azara Herald", None, "media", ["Azara Herald"])]),
    "nobody": ("Two men died in the village.", []),
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp(load_config(ROOT / "config.yaml"), upto="actors")


@pytest.fixture(scope="module")
def actors_of(nlp: Language) -> Callable[[str], Found]:
    def find(text: str) -> Found:
        doc = nlp(text)
        words = {one.id: one.text for one in facts.entities(doc)}
        return [(one.name, one.country, one.kind, [words[m] for m in one.mentions]) for one in facts.actors(doc)]

    return find


@pytest.mark.parametrize(("text", "want"), CASES.values(), ids=CASES.keys())
def test_actors_of_a_sentence(text: str, want: Found, actors_of: Callable[[str], Found]) -> None:
    assert actors_of(text) == want


def test_actors_officials_are_of_the_country_that_the_text_is_about(actors_of: Callable[[str], Found]) -> None:
    found = actors_of("Gunmen attacked a village near Maiduguri in Nigeria. Governor Ibrahim Sule visited Maiduguri.")
    assert ("Ibrahim Sule", "NG", "government", ["Ibrahim Sule"]) in found


def test_actors_without_the_stage_places_have_no_country_by_place(nlp: Language) -> None:
    doc = nlp("Governor Ibrahim Sule visited Maiduguri in Nigeria.")
    facts.put(doc, "places", [])
    assert [(one.name, one.country) for one in find_actors(doc, facts.entities(doc))] == [("Ibrahim Sule", None)]


def test_actors_are_written_into_their_entities(nlp: Language) -> None:
    doc = nlp("Two men died in Basra. The PKK and Russia denied it.")
    assert {one.text: one.actor for one in facts.entities(doc) if one.actor} == {"PKK": "a0", "Russia": "a1"}


def test_actors_countries_can_be_left_out(nlp: Language) -> None:
    doc = nlp("Russia accused the PKK.")
    assert [one.name for one in find_actors(doc, facts.entities(doc), countries=False)] == ["Kurdistan Workers' Party"]


def test_actors_trace_names_each(nlp: Language) -> None:
    with trace.tracing() as decisions:
        nlp("Russia violated the truce.")
    assert [(one.text, one.rule, one.detail) for one in decisions if one.stage == "actors"] == [
        ("Russia", "government", "a0 Russia, RU, 1 mentions")
    ]


@pytest.mark.parametrize(
    ("phrase", "kind", "countries", "sponsors"),
    [
        ("Turkish-backed factions", "militia", (), ("TR",)),
        ("Turkish backed factions", "militia", (), ("TR",)),
        ("Iran-backed militias", "militia", (), ("IR",)),
        ("U.S.-allied Syrian Democratic Forces", "rebel", ("SY",), ("US",)),
        ("Russian mercenaries from the Kremlin–directed Wagner Group", "militia", ("RU",), ("RU",)),
        ("regime forces", "military", (), ()),
        ("government troops", "military", (), ()),
        ("government officials", "government", (), ()),
        ("Houthi fighters", "rebel", ("YE",), ()),
        ("the 57th IB", "military", (), ()),
        ("Syrian soldiers", "military", ("SY",), ()),
        ("Syrian–Russian forces", "military", ("SY", "RU"), ()),
        ("a number of U.S. soldiers", "military", ("US",), ()),
        ("Palestinian gunmen", "unknown", ("PS",), ()),
        ("suspected Boko Haram militants", "jihadist", ("NG",), ()),
        ("UN peacekeepers", "international", (), ()),
        ("three Israeli civilians", "civilians", ("IL",), ()),
        ("police officers", "police", (), ()),
        ("militia commander", "militia", (), ()),
        ("protesters", "protesters", (), ()),
        ("the fog", None, (), ()),
    ],
)
def test_describe(phrase: str, kind: str | None, countries: tuple[str, ...], sponsors: tuple[str, ...]) -> None:
    said = describe(phrase)
    assert (said.kind, said.countries, said.sponsors) == (kind, countries, sponsors)


def test_kind_of_is_unknown_where_no_word_tells() -> None:
    assert kind_of("the Syrian fog") == ("unknown", ("SY",))


@pytest.mark.parametrize(
    ("phrase", "group"),
    [
        ("two Kenyan soldiers", "combatant"),
        ("Houthi fighters", "combatant"),
        ("members of the Taliban", "combatant"),
        ("a woman and her two sons", "civilian"),
        ("villagers", "civilian"),
        ("people", "unknown"),
        ("unarmed men", "civilian"),
    ],
)
def test_victim_group(phrase: str, group: str) -> None:
    assert victim_group(phrase) == group


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Syrian Arab Army", "military"),
        ("Ministry of Defense", "government"),
        ("Kivu Patriotic Front", "rebel"),
        ("Azara Times", "media"),
        ("Azara", None),
    ],
)
def test_kind_of_name(name: str, kind: str | None) -> None:
    assert kind_of_name(name) == kind


def test_known_actor_whatever_its_quotes_article_and_capitals() -> None:
    names = ["Kurdistan Workers’ Party", "the Kurdistan Workers' Party", "KURDISTAN WORKERS' PARTY"]
    assert {actor.name for name in names if (actor := known_actor(name))} == {"Kurdistan Workers' Party"}
    assert known_actor("Kurdistan") is None


def test_countries_of_names_and_people() -> None:
    assert [countries_of(word) for word in ("Syrians", "U.S.", "Irish", "us", "Kurdish")] == [
        ("SY",),
        ("US",),
        ("IE",),
        (),
        (),
    ]
    assert countries_within("South Korean and North Korean forces") == ("KR", "KP")


def test_lexicon_is_large_and_every_country_code_is_one() -> None:
    actors = set(known_actors().values())
    assert len({actor.name for actor in actors}) > 500
    assert all(actor.country is None or len(actor.country) == 2 for actor in actors)
    assert {"Syrian", "Syrians", "Kurds", "Sunnis", "Japanese"} <= peoples()
    assert not {"Japaneses", "Germen"} & peoples()
