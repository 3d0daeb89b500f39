"""Names and what they are. In a text ``[Qandara GPE]`` marks each entity of the labels that Dateline decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from pipeline import facts, trace
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.lexicon import vehicle_class, weapon_class
from pipeline.stages.entities.names import Name, Words, choose

ROOT = Path(__file__).parents[2]
LABELS = ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "DATE", "WEAPON", "VEHICLE")
CASES = {
    "country_as_modifier": "Two [U.S. GPE] soldiers died in [Iraq GPE].",
    "nationality": "A [Russian NORP] patrol met [Turkish NORP] troops.",
    "nationalities_joined_by_a_dash": "A [Syrian NORP]–[Russian NORP] column left [Aleppo GPE].",
    "no_leading_article": "The [United Nations ORG] condemned the attack in the [Philippines GPE].",
    "no_possessive": "[Kenya GPE]'s army entered [Somalia GPE].",
    "title_is_no_part_of_a_name": "Gen. [Aram Haddad PERSON] met President [Joseph Miller PERSON] in [Paris GPE].",
    "last_name_alone": "[Farid Nasrawi PERSON] left [Baghdad GPE]. Later [Nasrawi PERSON] said that he was tired.",
    "age_tells_a_person": "[Azara Dilan PERSON], [34 DATE], was arrested in [Berlin GPE].",
    "work_tells_a_person": "The farmer [Dilan Azara PERSON] fled.",
    "particles_join_a_name": "President [Bakari wa Mwangi PERSON] spoke in [Nairobi GPE].",
    "place_in_brackets": "They met in [Dayrik GPE] ([Al-Malikiyah GPE]) at noon.",
    "compound_region": "Clashes broke out in [North and East Syria GPE].",
    "endonym": "The convoy left [Dayro Zcuro GPE] ([Deir ez-Zor GPE]).",
    "armed_group": "The [Syrian Democratic Forces ORG] fought the [Islamic State ORG] in [Raqqa GPE].",
    "acronym_of_a_group": "The [PKK ORG] denied it.",
    "group_with_a_curly_quote": "The [Kurdistan Workers’ Party ORG] denied it.",
    "lexicon_name_inside_a_longer_one": "He flew with [American Airlines ORG] to [Chicago GPE].",
    "words_for_a_force_are_no_name": "The army and the interior ministry blamed the rebels.",
    "organisation_by_its_last_word": "Men of the [Azara Patriotic Front ORG] took the village.",
    "hyphen_in_an_organisation": "The [Anti-Corruption Commission ORG] met in [Paris GPE].",
    "organisation_with_what_it_is_of": "The [Azara Bank of Iraq ORG] lent the money.",
    "road_named_after_a_place": "A [bus VEHICLE] stopped on [Lakeview Drive FAC].",
    "bridge": "Troops blew up the [Azara Bridge FAC].",
    "ministry_of_a_country": "The [Iraqi NORP] army left [Mosul GPE].",
    "place_before_a_common_noun": "Troops searched the [Bab al-Zara LOC] quarter.",
    "label_of_notes": "[KANDAHAR GPE]: Two men died.",
    "car_bomb": "A [car bomb WEAPON] exploded.",
    "weapon_with_its_kind": "They found [mortar shells WEAPON] and [assault rifles WEAPON].",
    "weapon_without_owner": "Police used [tear gas WEAPON] and army [drones WEAPON].",
    "shelling_is_no_weapon": "They began to shell the town.",
    "figure_of_speech_is_no_weapon": "The bank dodged a bullet.",
    "gun_battle_is_no_weapon": "A gun battle broke out.",
    "vehicle": "A [Russian NORP] patrol hit their [vehicle VEHICLE].",
    "vehicle_with_its_kind": "A [passenger ferry VEHICLE] sank.",
    "bus_station_is_no_vehicle": "They met at the bus station.",
    "date": "Four men died on [26 August 2020 DATE].",
    "duration_is_a_date_entity": "The siege lasted [three days DATE].",
    "line_break_ends_a_name": "Protest in [Nairobi GPE]\n\n[Kenya GPE] stays calm.",
    "name_over_a_wrapped_line": (
        "The spokesman of the group said on [Monday DATE] that men of the [Syrian Democratic\nForces ORG] had left the "
        "town and that nobody else\nhad come to take it from them since then."
    ),
    "one_label_for_one_name": "[Dilan Azara PERSON] spoke. Later, [Azara PERSON] left for [Berlin GPE].",
    "nothing": "It rained, and nobody came.",
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp(load_config(ROOT / "config.yaml"), upto="entities")


@pytest.fixture(scope="module")
def entities_of(nlp: Language) -> Callable[[str], list[tuple[int, int, str]]]:
    def find(text: str) -> list[tuple[int, int, str]]:
        found = facts.entities(nlp(text))
        assert all(text[one.start : one.end] == one.text for one in found)
        return [(one.start, one.end, one.label) for one in found if one.label in LABELS]

    return find


def _marked(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    text, spans, at = "", [], 0
    for match in re.finditer(r"\[([^\]]+) ([A-Z]+)\]", marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        at = match.end()
    return text + marked[at:], spans


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_entities_are_those_marked(marked: str, entities_of: Callable[[str], list[tuple[int, int, str]]]) -> None:
    text, want = _marked(marked)
    assert entities_of(text) == want


def test_entities_have_ids_in_order_and_sentences(nlp: Language) -> None:
    found = facts.entities(nlp("Two men died in Aleppo.\n\nHe flew to Paris."))
    assert [(one.id, one.text, one.sentence) for one in found if one.label == "GPE"] == [
        ("e1", "Aleppo", "s0"),
        ("e2", "Paris", "s1"),
    ]


def test_entities_rewrite_the_ents_of_the_doc(nlp: Language) -> None:
    doc = nlp("The Syrian Democratic Forces found a car bomb.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Syrian Democratic Forces", "ORG"), ("car bomb", "WEAPON")]


def test_entities_end_a_date_before_the_full_stop_of_its_sentence(nlp: Language) -> None:
    text = "Gunmen shot at a patrol on 24 Jan. Two men died."
    assert [one.text for one in facts.entities(nlp(text)) if one.label == "DATE"] == ["24 Jan"]


def test_entities_trace_tells_who_proposed_and_who_lost(nlp: Language) -> None:
    with trace.tracing() as decisions:
        nlp("The Kurdistan Workers' Party denied it in Ankara.")
    said = {(one.verdict, one.text, one.rule, one.detail) for one in decisions if one.stage == "entities"}
    assert ("added", "Kurdistan Workers' Party", "known actor", "ORG") in said


def test_choose_takes_the_surer_name_and_tells_the_loser() -> None:
    long, short, other = Name(0, 2, "ORG", 60, "a"), Name(1, 2, "GPE", 80, "b"), Name(3, 4, "GPE", 50, "c")
    kept, lost = choose([long, short, other])
    assert kept == [short, other]
    assert lost == [(long, short)]


def test_words_text_keeps_the_spaces_inside(nlp: Language) -> None:
    words = Words.of(nlp("He left Deir ez-Zor."))
    assert words.text(2, 6) == "Deir ez-Zor"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a large car bomb", "explosive"),
        ("AK-47", "firearm"),
        ("drones", "drone"),
        ("suicide vests", "suicide"),
        ("hand grenade", "grenade"),
        ("machetes", "blade"),
        ("sarin gas", "chemical"),
        ("mortar shells", "artillery"),
        ("kindness", None),
    ],
)
def test_weapon_class(text: str, kind: str | None) -> None:
    assert weapon_class(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"), [("fighter jets", "aircraft"), ("a police car", "military"), ("ferry", "vessel"), ("horse", None)]
)
def test_vehicle_class(text: str, kind: str | None) -> None:
    assert vehicle_class(text) == kind
