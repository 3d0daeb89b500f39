"""Gold: quotes become offsets, every committed file loads, and what does not fit is refused with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.errors import GoldError
from pipeline.gold import GoldArticle, add_counts, gold_hash, load_article, load_gold
from pipeline.quotes import Quotes, find_words
from pipeline.records import Count

CORPUS = Path(__file__).parents[1] / "corpus"
GOLD = load_gold(CORPUS)
TEXT = (
    "Blast in Basra\n\n"
    "BAGHDAD, Iraq — A blast killed at least four people in Basra on Friday.\n\n"
    "The blast also hurt two children, Dr. Samir Aziz said.\n"
)
BASRA = {
    "id": "basra",
    "gazetteer_id": "geonames:99532",
    "name": "Basrah",
    "lat": 30.50852,
    "lon": 47.7804,
    "country": "IQ",
    "precision": "settlement",
    "mentions": ["Basra#all"],
}
WRITTEN: dict[str, Any] = {
    "article": "basra-blast",
    "published": "2024-05-04",
    "sentences": ["Blast in Basra", "BAGHDAD, Iraq … on Friday.", "The blast … said."],
    "entities": [["Basra", "GPE"], ["Basra", "GPE"], ["Friday", "DATE"], ["Samir Aziz", "PERSON"]],
    "dates": [{"text": "Friday", "earliest": "2024-05-03", "latest": "2024-05-03", "precision": "day"}],
    "places": [BASRA],
    "actors": [{"id": "aziz", "name": "Samir Aziz", "kind": "unknown", "mentions": ["Samir Aziz"]}],
    "events": [
        {
            "id": "blast",
            "type": "explosion",
            "trigger": "blast#1",
            "mentions": ["Blast", "killed", "blast#2", "hurt"],
            "date": "Friday",
            "place": "basra",
            "target": ["at least four people", "two children"],
            "attribution": {"text": "Samir Aziz", "verb": "said"},
        }
    ],
    "casualties": [
        {
            "event": "blast",
            "kind": "killed",
            "count": "4/4/null",
            "text": "at least four",
            "victims": {"text": "people"},
        },
        {"event": "blast", "kind": "injured", "count": "2/2/2", "text": "two", "victims": {"text": "children"}},
    ],
    "main_event": "blast",
    "tolls": {"blast": {"killed": "4/4/null", "injured": "2/2/2"}},
}
Load = Callable[..., GoldArticle]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Writes the article and its gold, with the given fields replaced, and loads them."""

    def load_changed(**changed: Any) -> GoldArticle:
        article, gold = tmp_path / "articles" / "basra-blast.txt", tmp_path / "gold" / "basra-blast.yaml"
        for path, content in (
            (article, f"---\npublished: 2024-05-04\n---\n{TEXT}"),
            (gold, yaml.safe_dump(WRITTEN | changed, allow_unicode=True)),
        ):
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, "utf-8")
        return load_article(gold, article)

    return load_changed


def changed_event(**fields: Any) -> list[dict[str, Any]]:
    return [WRITTEN["events"][0] | fields]


def test_gold_turns_quotes_into_offsets(load: Load) -> None:
    gold = load()
    assert gold.text == TEXT
    assert [gold.text[s.start : s.end] for s in gold.sentences] == [s for s in TEXT.split("\n") if s]
    event = gold.events[0]
    assert (event.trigger.start, event.trigger.end) == (TEXT.index("blast"), TEXT.index("blast") + 5)
    assert [span.start for span in event.mentions] == [
        0,
        TEXT.index("killed"),
        TEXT.rindex("blast"),
        TEXT.index("hurt"),
    ]
    assert event.date is not None
    assert (event.date.text, event.date.earliest) == ("Friday", "2024-05-03")
    assert gold.casualties[0].victims is not None
    assert gold.casualties[0].victims.text == "people"
    assert gold.casualties[0].count == Count(low=4, best=4, high=None)


def test_gold_finds_every_entity_of_a_name_with_all(load: Load) -> None:
    assert [span.start for span in load().places[0].mentions] == [9, TEXT.rindex("Basra")]


def test_gold_looks_for_entities_from_the_end_of_the_one_before(load: Load) -> None:
    assert [entity.start for entity in load().entities] == sorted(entity.start for entity in load().entities)
    with pytest.raises(GoldError, match=r"quote 'Basra' is not in the text after .*Friday"):
        load(entities=[["Friday", "DATE"], ["Basra", "GPE"]])


def test_quotes_count_whole_words_only() -> None:
    assert find_words("Mali, Malian, Somali, Mali", "Mali") == [0, 22]
    assert find_words("the U.S. and a U.S.-backed force", "U.S.") == [4, 15]


def test_quotes_span_from_first_to_nearest_last_words() -> None:
    found = Quotes("a man, a boy, a man and a boy").span("a man#2 … a boy")
    assert found == {"start": 14, "end": 29, "text": "a man and a boy"}


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"events": changed_event(trigger="explosion")}, r"events\.0\.trigger: .*'explosion' is not in the text"),
        ({"events": changed_event(trigger="BLAST")}, r"It has 'Blast'; case and word borders count"),
        ({"events": changed_event(trigger="blast")}, r"quote 'blast' is ambiguous; say which: \{1: .*, 2: "),
        ({"events": changed_event(trigger="blast#3")}, r"'blast#3': the text has 'blast' 2 time\(s\)"),
        ({"events": changed_event(target=["children … people"])}, r"'people' does not follow 'children'"),
        ({"events": changed_event(type="explosoin")}, r"'explosoin' is not in models/.*Did you mean 'explosion'"),
        ({"events": changed_event(type="violence")}, r"'violence' is abstract"),
        ({"events": changed_event(status="denied")}, r"events\.0\.status"),
        ({"events": changed_event(colour="red")}, r"events\.0\.colour: Extra inputs"),
        ({"events": changed_event(place="basrah")}, r"place of event 'blast': unknown id 'basrah'.* 'basra'"),
        ({"events": changed_event(date="Basra#1")}, r"'Basra#1' is not in the list of dates"),
        ({"events": changed_event(mentions=["blast#1"])}, r"words of two events given twice"),
        ({"main_event": "blats"}, r"main_event: unknown id 'blats'.* 'blast'"),
        ({"sentences": ["Blast in Basra", "The blast … said."]}, r"no sentence covers 'BAGHDAD"),
        ({"entities": [["Basra", "CITY"]]}, r"entities\.0\.label"),
        ({"entities": [*WRITTEN["entities"][:2], ["Friday", "ORG"]], "actors": []}, r"'Friday' at \d+ is no entity"),
        ({"places": [BASRA | {"mentions": ["Basra#1"]}]}, r"GPE 'Basra' at \d+ belongs to no place"),
        ({"places": [BASRA | {"mentions": ["Basra#all", "Friday"]}]}, r"'Friday' of place 'basra' is no entity"),
        ({"places": [BASRA | {"mentions": ["Mosul#all"]}]}, r"quote 'Mosul#all': no entity reads so"),
        ({"places": [BASRA | {"lat": None}]}, r"place 'basra' is resolved, so gazetteer_id, name, lat"),
        ({"places": [BASRA | {"status": "unresolved"}]}, r"place 'basra' is unresolved, yet it has an id"),
        ({"dates": [{"text": "Friday", "earliest": "2024-05-03"}]}, r"given together or not at all"),
        (
            {"dates": [{"text": "Friday", "earliest": "2024-05-04", "latest": "2024-05-03", "precision": "day"}]},
            r"earliest 2024-05-04 is after latest 2024-05-03",
        ),
        ({"casualties": [WRITTEN["casualties"][0] | {"count": "5/4/null"}]}, r"low <= best <= high does not hold"),
        ({"casualties": [WRITTEN["casualties"][0] | {"count": "4"}]}, r"'4' is not low/best/high"),
        ({"tolls": {"blast": {"killed": "4/4/null"}}}, r"toll of 'blast' is given as .* add up to .*injured"),
        ({"article": "mosul-blast"}, r"is for mosul-blast of 2024-05-04, but .*basra-blast"),
        ({"published": None}, r"is for basra-blast of None, but .* is basra-blast of 2024-05-04"),
    ],
)
def test_gold_that_does_not_fit_is_refused(load: Load, changed: dict[str, Any], complaint: str) -> None:
    with pytest.raises(GoldError, match=complaint) as refused:
        load(**changed)
    assert "basra-blast.yaml" in str(refused.value)


def test_gold_names_all_misfits_at_once(load: Load) -> None:
    with pytest.raises(GoldError) as refused:
        load(events=changed_event(trigger="explosion", type="bang"), main_event=7)
    assert all(field in str(refused.value) for field in ("events.0.trigger", "events.0.type", "main_event"))


def test_gold_needs_its_article_and_the_article_its_gold(load: Load, tmp_path: Path) -> None:
    load()
    (tmp_path / "articles" / "second.txt").write_text("A second story.\n", "utf-8")
    with pytest.raises(GoldError, match=r"second\.yaml is missing"):
        load_gold(tmp_path)
    with pytest.raises(GoldError, match="has no articles"):
        load_gold(tmp_path / "nowhere")


def test_gold_that_is_no_yaml_mapping_is_refused(load: Load, tmp_path: Path) -> None:
    load()
    gold = tmp_path / "gold" / "basra-blast.yaml"
    for content, complaint in (("- a\n- b\n", "a mapping is due"), ("a: [b\n", "cannot be read")):
        gold.write_text(content, "utf-8")
        with pytest.raises(GoldError, match=complaint):
            load_gold(tmp_path)


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        (["12/12/12", "4/4/4"], (16, 16, 16)),
        (["3/3/null", "null/40/40"], (3, 43, None)),
        (["2/null/null", "5/5/5"], (7, None, None)),
        (["null/15/null"], (None, 15, None)),
    ],
)
def test_counts_add_up_bound_by_bound(parts: list[str], total: tuple[int | None, ...]) -> None:
    counts = [
        Count(**dict(zip(("low", "best", "high"), map(yaml.safe_load, p.split("/")), strict=True))) for p in parts
    ]
    added = add_counts(counts)
    assert (added.low, added.best, added.high) == total


def test_hash_changes_with_any_byte_of_gold_or_article(load: Load, tmp_path: Path) -> None:
    load()
    first = gold_hash(tmp_path)
    assert gold_hash(tmp_path) == first
    (tmp_path / "gold" / "basra-blast.yaml").write_text("# changed\n", "utf-8")
    second = gold_hash(tmp_path)
    (tmp_path / "articles" / "basra-blast.txt").write_text(TEXT, "utf-8")
    assert len({first, second, gold_hash(tmp_path)}) == 3


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.id)
def test_committed_gold_loads_and_its_spans_are_the_text(gold: GoldArticle) -> None:
    spans = [*gold.sentences, *gold.entities, *gold.dates, *gold.casualties]
    for event in gold.events:
        spans += [event.trigger, *event.mentions, *event.source, *event.target, *event.other]
        spans += [event.attribution] if event.attribution else []
    spans += [casualty.victims for casualty in gold.casualties if casualty.victims]
    assert spans
    assert all(gold.text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.id)
def test_committed_gold_names_the_main_event_of_every_story_that_has_events(gold: GoldArticle) -> None:
    assert (gold.main_event is None) == (gold.events == [])


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.id)
def test_committed_weekdays_fall_on_their_day_near_publication(gold: GoldArticle) -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    for when in gold.dates:
        named = [day for day in days if day in when.text]
        if not named or gold.article.published is None:
            assert not named or when.earliest is None
            continue
        assert when.earliest is not None
        day = date.fromisoformat(when.earliest)
        assert days[day.weekday()] == named[0]
        assert abs(day - date.fromisoformat(gold.article.published)) < timedelta(days=7)


def test_corpus_is_as_broad_as_its_guide_promises() -> None:
    assert len(GOLD) >= 15
    assert {"asserted", "negated", "hypothetical"} == {event.status for gold in GOLD for event in gold.events}
    kinds = {casualty.kind for gold in GOLD for casualty in gold.casualties}
    assert kinds == {"killed", "injured", "missing", "captured", "displaced"}
    assert any(casualty.perpetrators for gold in GOLD for casualty in gold.casualties)
    assert sum(not gold.events for gold in GOLD) >= 2


def test_seed_article_is_the_text_that_was_given() -> None:
    seed = next(gold for gold in GOLD if gold.id == "dayrik-patrol-collision")
    assert seed.article.sha256 == "d157c404b4f8b8c15d09862f7a24e409d347517b636d21ec5395c1bd44ce0fd0"
    assert seed.article.published is None
