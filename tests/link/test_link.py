from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline.link.link as link_module
from pipeline.analyse import extract_batch
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.errors import ConfigError, GoldError
from pipeline.floors import check_floors, pin_floors, read_floors
from pipeline.link.cases import FOLDER, case_articles, links_hash, load_cases, score_links
from pipeline.link.features import Traits, compare
from pipeline.link.incidents import Incident
from pipeline.link.link import Linking, gather, link
from pipeline.link.settings import Wishes, link_settings
from pipeline.link.shelf import Shelf
from pipeline.link.words import Rarity
from pipeline.records import Record


@pytest.fixture(scope="module")
def records(root: Path) -> list[Record]:
    """The articles of all cases of the corpus, as the pipeline reads them."""
    outcomes = extract_batch(build_nlp(load_config(root / "config.yaml")), case_articles(load_cases(root / "corpus")))
    return [outcome for outcome in outcomes if isinstance(outcome, Record)]


def of_case(records: Sequence[Record], *cases: str) -> list[Record]:
    return [record for record in records if record.article.id.split("/")[0] in cases]


def groups(incidents: Sequence[Incident]) -> set[frozenset[tuple[str, str]]]:
    return {frozenset((member.article, member.event) for member in incident.members) for incident in incidents}


def main_name(records: Sequence[Record], article: str) -> str:
    (record,) = (record for record in records if record.article.id == article)
    return f"{article}/{record.main_event}"


def incident_of(incidents: Sequence[Incident], name: str) -> Incident:
    (found,) = (i for i in incidents if any(f"{m.article}/{m.event}" == name for m in i.members))
    return found


def test_link_corpus_has_twenty_cases_of_their_own(root: Path, records: list[Record]) -> None:
    cases = load_cases(root / "corpus")
    assert len(cases) >= 20
    assert len(records) == sum(len(case.articles) for case in cases.values())


def test_link_groups_the_corpus_nearly_as_a_reader_does(root: Path, records: list[Record]) -> None:
    figures = score_links(load_cases(root / "corpus"), records).qualities()
    assert (figures["b_cubed"].f1 or 0) >= 0.95
    assert (figures["pairwise"].f1 or 0) >= 0.90


def test_link_keeps_two_shellings_of_one_town_apart_by_day(records: list[Record]) -> None:
    chosen = of_case(records, "shelling-two-days-running")
    names = [main_name(chosen, f"shelling-two-days-running/{each}") for each in ("monday-a", "monday-b", "thursday")]
    incidents = link(chosen)
    first, second, third = (incident_of(incidents, name).id for name in names)
    assert first == second != third


def test_link_counts_copies_of_a_wire_story_as_one_source(records: list[Record]) -> None:
    chosen = of_case(records, "wire-copy")
    incident = incident_of(link(chosen), main_name(chosen, "wire-copy/wire"))
    assert len({member.article for member in incident.members}) == 4
    assert incident.sources == 2
    assert sum(member.copy_of is not None for member in incident.members) == 2


def test_link_a_toll_that_differs_is_kept_with_every_figure(records: list[Record]) -> None:
    chosen = of_case(records, "tolls-that-differ")
    incident = incident_of(link(chosen, best="lowest"), main_name(chosen, "tolls-that-differ/army"))
    assert [member.article.split("/")[1] for member in incident.members] == ["army", "rebels"]
    killed = incident.toll["killed"]
    assert killed.best == min(figure.best or 0 for figure in killed.figures)
    assert all(figure.published for figure in killed.figures)
    for figure in killed.figures:
        assert figure.text


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_link_gives_the_same_bytes_whatever_the_order(records: list[Record], random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [i.model_dump_json() for i in link(shuffled)] == [i.model_dump_json() for i in link(records)]


def test_link_an_unrelated_article_changes_no_incident(root: Path, records: list[Record]) -> None:
    names = sorted(load_cases(root / "corpus"))
    strangers = of_case(records, "strangers")
    for name in names:
        if name != "strangers":
            before = groups(link(of_case(records, name)))
            for stranger in strangers:
                assert before <= groups(link([*of_case(records, name), stranger])), (name, stranger.article.id)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_link_honours_what_a_human_joins_and_keeps_apart(records: list[Record], data: st.DataObject) -> None:
    names = [f"{one.key[0]}/{one.key[1]}" for one in gather(records, link_settings())]
    must = data.draw(st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] != pair[1]))
    cannot = data.draw(
        st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(
            lambda pair: pair[0] != pair[1] and set(pair) != set(must)
        )
    )
    incidents = link(records, wishes=Wishes(must_link=[must], cannot_link=[cannot]))
    assert incident_of(incidents, must[0]).id == incident_of(incidents, must[1]).id
    assert incident_of(incidents, cannot[0]).id != incident_of(incidents, cannot[1]).id


def test_link_every_event_is_in_one_incident_and_tolls_are_ordered(records: list[Record]) -> None:
    incidents = link(records)
    members = [(member.article, member.event) for incident in incidents for member in incident.members]
    assert sorted(members) == [one.key for one in gather(records, link_settings())]
    assert len({incident.id for incident in incidents}) == len(incidents)
    for incident in incidents:
        for toll in incident.toll.values():
            bounds = [value for value in (toll.low, toll.best, toll.high) if value is not None]
            assert bounds == sorted(bounds), incident.id


def test_link_evidence_stands_in_the_article(root: Path, records: list[Record]) -> None:
    texts = {raw.id: raw.text for raw in case_articles(load_cases(root / "corpus"))}
    for incident in link(records):
        for member in incident.members:
            assert member.evidence
            for span in member.evidence:
                assert texts[member.article][span.start : span.end] == span.text


def test_link_says_why_and_what_was_nearest(records: list[Record]) -> None:
    chosen = of_case(records, "same-day-two-towns")
    incident = incident_of(link(chosen), main_name(chosen, "same-day-two-towns/mosul-a"))
    assert [member.why.probability > 0.5 for member in incident.members if member.why] == [True, True]
    assert any("towns in common" in reason for reason in incident.members[0].why.reasons)  # type: ignore[union-attr]
    assert incident.nearest is not None
    assert incident.nearest.article.startswith("same-day-two-towns/kirkuk")
    assert any("far apart" in reason for reason in incident.nearest.reasons)


def test_link_new_articles_join_old_incidents_that_keep_their_ids(records: list[Record]) -> None:
    chosen = of_case(records, "market-bomb-toll-rises", "hotel-siege")
    late = [record for record in chosen if record.article.id.endswith(("next-morning", "ends"))]
    old = link([record for record in chosen if record not in late])
    grown = link(chosen, previous=old)
    assert groups(grown) == groups(link(chosen))
    for incident in old:
        name = f"{incident.members[0].article}/{incident.members[0].event}"
        assert incident_of(grown, name).id == incident.id


def test_link_leaves_incidents_alone_that_nothing_new_joins(records: list[Record]) -> None:
    chosen = of_case(records, "market-bomb-toll-rises", "hotel-siege", "wire-copy")
    late = [record for record in chosen if record.article.id.endswith("next-morning")]
    old = {one.id: one for one in link([record for record in chosen if record not in late])}
    grown = link(chosen, previous=list(old.values()))
    new = {record.article.id for record in late}
    touched = [one.id for one in grown if any(member.article in new for member in one.members)]
    assert [one.id for one in grown if one.id not in touched and one != old.get(one.id)] == []
    assert 0 < len(touched) < len(grown)


def test_link_compares_no_two_events_that_were_linked_before(
    records: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[set[str]] = []

    def watch(one: Traits, other: Traits, rare: Rarity) -> list[float]:
        compared.append({one.article, other.article})
        return compare(one, other, rare)

    new = "hotel-siege/ends"
    old = link([record for record in records if record.article.id != new])
    monkeypatch.setattr(link_module, "compare", watch)
    grown = link(records, previous=old)
    (joined,) = (one for one in grown if new in {member.article for member in one.members} and len(one.members) > 1)
    assert [pair for pair in compared if new not in pair and not pair <= {m.article for m in joined.members}] == []
    assert [pair for pair in compared if new in pair] != []
    compared.clear()
    assert [one.model_dump_json() for one in link(records, previous=grown)] == [one.model_dump_json() for one in grown]
    assert compared == []


def test_link_another_rule_changes_only_the_tolls_of_earlier_incidents(records: list[Record]) -> None:
    chosen = of_case(records, "tolls-that-differ", "market-bomb-toll-rises")
    again = link(chosen, previous=link(chosen, best="median"), best="lowest")
    assert [one.model_dump_json() for one in again] == [one.model_dump_json() for one in link(chosen, best="lowest")]


def test_link_gives_the_same_bytes_with_a_handful_of_articles_in_memory(
    records: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [one.model_dump_json() for one in link(records)]
    shelf = Shelf(records, min_news=link_settings().min_news, kept=3)
    linking = Linking(shelf, link_settings(), Wishes())
    linking.run()
    assert [one.model_dump_json() for one in linking.assembly(link_settings().best).incidents()] == whole


def test_link_refuses_earlier_incidents_of_articles_that_are_not_there(records: list[Record]) -> None:
    old = link(of_case(records, "hotel-siege"))
    with pytest.raises(ConfigError, match="name all runs"):
        link(of_case(records, "quake-and-aftershock"), previous=old)


def test_link_refuses_wishes_that_contradict_each_other(records: list[Record]) -> None:
    chosen = of_case(records, "hotel-siege")
    pair = main_name(chosen, "hotel-siege/begins"), main_name(chosen, "hotel-siege/ends")
    with pytest.raises(ConfigError, match="kept apart"):
        link(chosen, wishes=Wishes(must_link=[pair], cannot_link=[pair]))


def test_link_names_the_nearest_event_where_one_is_misspelled(records: list[Record]) -> None:
    chosen = of_case(records, "hotel-siege")
    linking = Linking(gather(chosen, link_settings()), link_settings(), Wishes())
    linking.run()
    with pytest.raises(ConfigError, match=r"Did you mean 'hotel-siege/begins/"):
        linking.explain("hotel-siege/begin/v0", main_name(chosen, "hotel-siege/ends"))


def test_link_explains_why_two_are_joined(records: list[Record]) -> None:
    chosen = of_case(records, "hotel-siege")
    linking = Linking(gather(chosen, link_settings()), link_settings(), Wishes())
    linking.run()
    said = linking.explain(main_name(chosen, "hotel-siege/begins"), main_name(chosen, "hotel-siege/ends"))
    assert "are one incident" in said
    assert "acacia" in said
    apart = linking.explain(main_name(chosen, "hotel-siege/begins"), main_name(chosen, "hotel-siege/robbery"))
    assert "are kept apart" in apart


def test_link_figures_are_held_against_floors_of_their_own(root: Path, records: list[Record], tmp_path: Path) -> None:
    cases = load_cases(root / "corpus")
    result = replace(score_links(cases, records), gold=links_hash(root / "corpus"))
    assert check_floors(result, read_floors(root / "corpus" / FOLDER)) == []
    pin_floors(result, tmp_path)
    worse = score_links(cases, [record for record in records if "wire-copy" not in record.article.id])
    problems = check_floors(worse, read_floors(tmp_path), pin="dateline evaluate --links --pin")
    assert ["gold changed" in line and "--links --pin" in line for line in problems] == [True, *[False] * 4]
    assert all("fell to" in line for line in problems[1:])
    with pytest.raises(GoldError, match=r"links\.b_cubed fell to"):
        pin_floors(worse, tmp_path)


def test_link_hash_of_the_cases_follows_their_bytes_and_not_the_floors(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "corpus" / FOLDER, tmp_path / FOLDER)
    (tmp_path / FOLDER / "floors.json").unlink()
    before = links_hash(tmp_path)
    assert before == links_hash(root / "corpus")
    (tmp_path / FOLDER / "wire-copy.yaml").write_text("what: changed", encoding="utf-8")
    assert links_hash(tmp_path) != before
