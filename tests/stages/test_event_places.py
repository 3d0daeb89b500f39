"""The place of an event, in the ways that news and coders' notes say it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.notes import NOTES, Note, event_place, notes, outcome
from pipeline.gazetteer import open_gazetteer
from pipeline.gazetteer.names import name_key
from pipeline.gazetteer.store import default_path
from pipeline.records import Record


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        # the village is hit, the province only says where it is
        ("Regime forces shelled Kafr Zita village in Hama.", {"kafr zayta"}, "SY"),
        ("Jets struck the outskirts of Sarmin in rural Idlib.", {"sarmin"}, "SY"),
        ("Shells hit Hbit in the southern Idlib countryside, killing two.", {"al habit"}, "SY"),
        ("Two guards died when a bomb hit a post in Haftanin, Dahuk province.", {"haftanin"}, "IQ"),
        ("Clashes broke out near Darat Izza (western Aleppo countryside); nine fighters died.", {"darat izzah"}, "SY"),
        # the text puts one place beside or into another
        ("Troops attacked rebels in Nihm district east of Sanaa, killing six.", {"nihm"}, "YE"),
        ("Police shot a man dead at Al-Zaytoun bridge in Nassiriya.", {"nasiriyah"}, "IQ"),
        ("A sniper killed a boy in Hays city, Hodeidah.", {"hays"}, "YE"),
        ("A mine exploded on the road between Busayrah and Shuhayl in Deir ez-Zor.", {"al busayrah", "shuhayl"}, "SY"),
        ("A roadside bomb exploded on the Daquq-Hawija road in Iraq, wounding a driver.", {"daquq", "hawija"}, "IQ"),
        # a district that the gazetteer lacks is known by its town
        ("A soldier was killed by a sniper in Samnu district in Libya.", {"samnu"}, "LY"),
        # names that the entity model takes for people, groups or nothing, behind words for places
        ("Militants raided Rmelan and arrested five men in Syria.", {"rumeilan"}, "SY"),
        ("Fighters clashed with the Syrian Democratic Forces near Qentere. Four died.", {"qentere"}, "SY"),
        ("A motorcycle bomb went off in the centre of Jezzine, killing a child.", {"jezzine"}, "LB"),
        ("Israeli settlers set fire to a house in the village of Burin.", {"burin"}, "PS"),
        ("Residents of Zuwara held a demonstration in front of the town hall.", {"zuwarah"}, "LY"),
        ("An armed group advanced on Al-Fuqaha in Jufra and seized several positions.", {"al fuqaha"}, "LY"),
        ("Mortars were fired along the Kafr Amma frontline, killing two Syrian fighters.", {"kafr amma"}, "SY"),
        # the unit after one name may be the next one's
        ("Gunmen fired at a patrol car in the Helmand city of Lashkar Gah, killing four.", {"lashkar gah"}, "AF"),
        # beside a place, and harm that follows from a blow
        ("Two soldiers were killed in an ambush close to the village of Haqlaniyah in Iraq.", {"al haqlaniyah"}, "IQ"),
        ("A series of explosions hit Mosul killing 24 people and injuring an additional 58.", {"mosul"}, "IQ"),
        # the part of a country gives way to the village in it
        ("Military jets mistakenly bombed Rann in northern Nigeria.", {"rann"}, "NG"),
        ("Air strikes hit Sarmin, Nayrab and nearby villages in Idlib, killing seven.", {"sarmin", "nayrab"}, "SY"),
        # what the gazetteer lacks is where the text puts it, never at a namesake abroad
        ("Armed men killed 40 people in Solhan, Yagha province.", {"province du yagha", "solhan"}, "BF"),
        ("Fighters blew up a pipeline in Sui, Dera Bugti district, Balochistan.", {"dera bugti district", "sui"}, "PK"),
    ],
)
def test_the_event_is_where_the_clause_puts_it(
    read: Callable[[str], Record], text: str, names: set[str], country: str
) -> None:
    place = event_place(read(text))
    assert place is not None
    assert place.country == country
    assert name_key(place.name or "") in names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Soldiers patrolled Tarhuna on Monday. A truck bomb exploded later, killing six people.", "Tarhuna"),
        ("WICHITA, Kan. - A teenager was shot dead outside a bar, police said.", "Wichita"),
        ("Police in Omaha named a suspect. A man had been stabbed to death at his home.", "Omaha"),
        ("A gunman wounded two people in Nowhereville Heights. Omaha police searched Omaha for him.", "Omaha"),
        ("AKRON, Ohio - A gunman killed two men.\n\nIt was close to Chapel Hill Mall, police said.", "Akron"),
        ("PHOENIX (KPHO) - A boy was shot dead near Cactus Road and 35th Avenue, police said.", "Phoenix"),
    ],
)
def test_without_a_place_of_its_own_the_event_is_where_the_story_is(
    read: Callable[[str], Record], text: str, name: str
) -> None:
    place = event_place(read(text))
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize(
    "text",
    [
        "At least nine people were killed in three US drone strikes.",
        "A senator was assassinated with help from Syria.",
    ],
)
def test_a_country_that_acts_or_is_blamed_is_no_place(read: Callable[[str], Record], text: str) -> None:
    assert event_place(read(text)) is None


def test_a_hyphen_makes_no_dateline(read: Callable[[str], Record]) -> None:
    record = read("Three farmers were shot dead. London-based analysts blamed militants.")
    assert event_place(record) is None


def test_where_a_blast_is_heard_is_not_where_it_was(read: Callable[[str], Record]) -> None:
    place = event_place(read("A bomb exploded at a depot in Tarhuna. The blast was heard in Tripoli."))
    assert place is not None
    assert place.name == "Tarhuna"


@pytest.mark.parametrize("half", sorted(NOTES))
def test_notes_are_the_same_each_time_and_name_their_place(half: str) -> None:
    first, again = (list(notes(half, 30, default_path())) for _ in range(2))
    assert [note.row.text for note in first] == [note.row.text for note in again]
    gazetteer = open_gazetteer()
    for note in first:
        assert any(entry.country == note.country for entry in gazetteer.lookup(note.row.gold["place"]))


def test_halves_of_the_notes_share_neither_sentence_nor_place() -> None:
    a, b = (list(notes(half, 200, default_path())) for half in "ab")
    assert not {note.row.gold["place"] for note in a} & {note.row.gold["place"] for note in b}
    assert not set(NOTES["a"]) & set(NOTES["b"])


def test_notes_are_judged_by_distance(read: Callable[[str], Record]) -> None:
    (note, *_) = notes("a", 1, default_path())
    record = read("Shells hit Douma in Syria, killing two people.")
    assert outcome(Note(note.row, 33.57, 36.40, "SY"), record) == "right"
    assert outcome(Note(note.row, 36.20, 37.16, "SY"), record) == "far, settlement"
    assert outcome(Note(note.row, 15.35, 44.21, "YE"), record) == "far, another country, settlement"
    assert outcome(note, None) == "no event"
