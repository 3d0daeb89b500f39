"""The report as a file: what is in it, that nothing in it can run, and what is said where there is nothing to show."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import zlib
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from report_run import AGAIN, ARABIC, BOMBING, BREAKOUT, FAILURES, HANDLER, HOSTILE, records, write_run

from pipeline import cli
from pipeline.errors import InputError, ResourceError
from pipeline.evaluation import evaluate_records
from pipeline.gold import as_record, load_gold
from pipeline.ontology import event_types
from pipeline.report import write_evaluation, write_report
from pipeline.report.page import Blocks, embed
from pipeline.report.payload import CATEGORIES, category, slim
from pipeline.resources import data_path


class Page(HTMLParser):
    """The elements of a page: tags with attributes, and the text of scripts and styles by their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.content: list[str] = []
        self.inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.content.append("")
        self.inside = True

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the parser's own signature
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.content[-1] += data

    def of(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        found = zip(self.tags, self.content, strict=True)
        return [(attributes, content) for (name, attributes), content in found if name == tag]

    def data(self, identity: str) -> Any:
        (found,) = (content for attributes, content in self.of("script") if attributes.get("id") == identity)
        return json.loads(found)

    def blocks(self) -> list[Any]:
        names = [str(attributes.get("id")) for attributes, _ in self.of("script")]
        return [json.loads(zlib.decompress(base64.b64decode(self.data(name)))) for name in names if "block-" in name]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("report") / "run", records(), failures=FAILURES)


@pytest.fixture(scope="module")
def html(run: Path) -> str:
    write_report(run, run.parent / "report.html")
    return (run.parent / "report.html").read_text("utf-8")


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


# What is in it


def test_every_event_of_every_record_is_in_the_index(page: Page) -> None:
    found = [
        (row["article"], row["event_id"], row["type"], row["killed_best"]) for row in rows(page.data("index")["events"])
    ]
    assert found == [
        (0, "v0", "attack", 3),
        (1, "v0", "attack", 4),
        (2, "v0", "explosion", 12),
        (3, "v0", "explosion", 15),
    ]


def test_text_of_each_article_is_kept_to_the_character(page: Page) -> None:
    articles = rows(page.data("index")["articles"])
    blocks = page.blocks()
    assert [blocks[row["block"]][row["at"]]["text"] for row in articles] == [HOSTILE, ARABIC, BOMBING, AGAIN]


def test_words_of_the_spans_can_be_told_from_the_text(page: Page) -> None:
    row = rows(page.data("index")["articles"])[0]
    article = page.blocks()[row["block"]][row["at"]]
    event = article["record"]["events"][0]
    assert "text" not in event["trigger"]
    assert article["text"][event["trigger"]["start"] : event["trigger"]["end"]] == "killed"


def test_failures_warnings_incidents_and_run_facts_are_there(page: Page) -> None:
    index = page.data("index")
    assert index["failures"] == FAILURES
    assert "a stage failed" in index["reasons"]["stage_error"]
    assert rows(index["warnings"]) == [{"article": 0, "stage": "input", "code": "bad_date", "message": HANDLER}]
    assert index["manifest"]["source"] == f"in/{HANDLER}"
    assert index["stats"]["seconds"] == 1.5
    together = [row for row in rows(index["incidents"]) if row["articles"] == 2]
    assert [(row["place"], row["earliest"], row["sources"]) for row in together] == [("Qamishli", "2021-03-08", 2)]


def test_same_run_gives_the_same_bytes(run: Path, html: str, tmp_path: Path) -> None:
    write_report(run, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text("utf-8") == html


def test_report_without_texts_quotes_the_words_and_holds_no_text(run: Path, tmp_path: Path) -> None:
    write_report(run, tmp_path / "short.html", texts=False)
    page = Page((tmp_path / "short.html").read_text("utf-8"))
    articles = [article for block in page.blocks() for article in block if "record" in article]
    assert [article["text"] for article in articles] == [None] * 4
    assert articles[0]["record"]["events"][0]["trigger"]["text"] == "killed"
    assert page.data("index")["has_text"] is False


# Nothing in it can run


def test_words_of_articles_stand_in_data_alone_and_cannot_end_it(html: str, page: Page) -> None:
    assert BREAKOUT not in html
    assert HANDLER not in html
    assert "\u2028" not in html
    types = [attributes.get("type") for attributes, _ in page.of("script")]
    assert types.count(None) == 1
    assert set(types) == {None, "application/json"}
    assert not page.of("img")
    assert not page.of("svg")


@pytest.mark.parametrize("text", [BREAKOUT, "<!--", "]]>", "\u2028\u2029", "\"'\\", "&lt;", "𐎠", "\x00\x1b"])
def test_embedded_text_is_unchanged_when_it_is_read(text: str) -> None:
    found = embed({"text": text})
    assert json.loads(found) == {"text": text}
    assert not re.search("[<>&\u2028\u2029]", found)


def test_half_a_surrogate_pair_in_a_file_name_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "records.jsonl").touch()
    failure = '{"id": "caf\\udce9.txt", "path": "caf\\udce9.txt", "reason": "empty", "message": "no text"}\n'
    (tmp_path / "run" / "failures.jsonl").write_text(failure)
    write_report(tmp_path / "run", tmp_path / "report.html")
    assert Page((tmp_path / "report.html").read_text("utf-8")).data("index")["failures"][0]["id"] == "caf\udce9.txt"


def test_policy_allows_our_script_and_style_by_hash_and_nothing_else(page: Page) -> None:
    (policy,) = (a["content"] for a, _ in page.of("meta") if a.get("http-equiv") == "Content-Security-Policy")
    (script,) = (content for attributes, content in page.of("script") if "type" not in attributes)
    ((_, style),) = page.of("style")
    rules = dict(rule.strip().split(" ", 1) for rule in str(policy).split(";"))
    for name, content in (("script-src", script), ("style-src", style)):
        assert rules[name] == f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"


def test_page_names_no_address_to_fetch_and_scripts_write_no_markup(html: str, page: Page) -> None:
    assert not [tag for tag, attributes in page.tags if {"src", "href", "srcset"} & attributes.keys()]
    (script,) = (content for attributes, content in page.of("script") if "type" not in attributes)
    for name in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "XMLHttpRequest"):
        assert name not in script
    assert "@import" not in html
    assert "url(" not in html


# Little or nothing to show


def test_run_of_failures_alone_has_a_report(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [], failures=FAILURES)
    done = write_report(run, tmp_path / "report.html")
    assert (done.articles, done.events) == (0, 0)
    index = Page((tmp_path / "report.html").read_text("utf-8")).data("index")
    assert (index["events"]["rows"], len(index["failures"])) == ([], 1)


def test_folder_of_records_alone_has_a_report(run: Path, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "records.jsonl").write_bytes((run / "records.jsonl").read_bytes())
    write_report(tmp_path / "run", tmp_path / "report.html")
    index = Page((tmp_path / "report.html").read_text("utf-8")).data("index")
    assert (index["has_text"], index["manifest"], index["incidents"], index["failures"]) == (False, None, None, [])


def test_folder_that_is_no_run_folder_is_told_with_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no records\.jsonl; name a folder that `dateline run INPUT -o "):
        write_report(tmp_path, tmp_path / "report.html")
    with pytest.raises(InputError, match="'nowhere' is no folder; name a folder"):
        write_report(Path("nowhere"), tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda lines: [lines[1], lines[0], *lines[2:]], "another text for"),
        (lambda lines: lines[:-1], "another text for 'wire-2'"),
        (lambda lines: [*lines, lines[0]], "one more text"),
        (lambda lines: [lines[0][:40], *lines[1:]], "line 1: "),
    ],
)
def test_texts_of_another_run_are_not_taken(
    run: Path, tmp_path: Path, spoil: Callable[[list[str]], list[str]], message: str
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "records.jsonl").write_bytes((run / "records.jsonl").read_bytes())
    lines = (run / "articles.jsonl").read_text("utf-8").split("\n")[:-1]
    (tmp_path / "run" / "articles.jsonl").write_text("\n".join(spoil(lines)) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        write_report(tmp_path / "run", tmp_path / "report.html")


def test_file_that_cannot_be_written_is_told_and_leaves_nothing(run: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ResourceError, match="cannot write"):
        write_report(run, tmp_path / "file" / "report.html")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# The command


def test_command_writes_into_the_run_folder_and_says_so(
    run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["dateline", "report", str(run)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert f"4 articles with 4 events in {run / 'report.html'}" in told.err
    (run / "report.html").unlink()


# Evaluation


def test_evaluate_command_writes_the_page_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [as_record(gold).model_dump_json() + "\n" for gold in load_gold(data_path("corpus"))]
    (tmp_path / "records.jsonl").write_text("".join(said), encoding="utf-8")
    words = ["evaluate", "--records", str(tmp_path / "records.jsonl"), "--html", str(tmp_path / "out.html")]
    for options, code, told in (([], 0, "gold beside prediction in"), (["--links"], 2, "leave --links out")):
        monkeypatch.setattr(sys, "argv", ["dateline", *words, *options])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        assert stopped.value.code == code
        assert told in capsys.readouterr().err
    index = Page((tmp_path / "out.html").read_text("utf-8")).data("index")
    assert (index["kind"], index["mistakes"]["rows"]) == ("evaluation", [])


def test_evaluation_holds_gold_beside_prediction_with_every_mistake(tmp_path: Path) -> None:
    corpus = data_path("corpus")
    golds = load_gold(corpus)
    said = [as_record(gold) for gold in golds[1:]]  # the first failed
    said[0] = said[0].model_copy(update={"events": said[0].events[1:]})
    (tmp_path / "records.jsonl").write_text("".join(record.model_dump_json() + "\n" for record in said))
    evaluation = evaluate_records(tmp_path / "records.jsonl", corpus)
    write_evaluation(evaluation, tmp_path / "evaluation.html")
    page = Page((tmp_path / "evaluation.html").read_text("utf-8"))
    index = page.data("index")
    articles = rows(index["articles"])
    assert [row["id"] for row in articles] == [gold.id for gold in golds]
    assert "no record of its text" in articles[0]["failure"]
    blocks = page.blocks()
    first, second = (blocks[row["block"]][row["at"]] for row in articles[:2])
    assert (first["said"], second["text"]) == (None, golds[1].text)
    assert second["gold"] == slim(as_record(golds[1]), with_text=True)
    assert second["said"] == slim(said[0], with_text=True)
    missed = [one for one in rows(index["mistakes"]) if one["article"] == 1 and one["figure"] == "events.found"]
    trigger = golds[1].events[0].trigger
    assert [(one["kind"], one["start"], one["end"]) for one in missed] == [("missed", trigger.start, trigger.end)]
    assert len(index["mistakes"]["rows"]) == sum(len(sheet.mistakes) for sheet in evaluation.sheets.values())
    assert index["scopes"]["all"]["figures"]["events.found"]["recall"] < 1


# Colours and outlines


def test_every_type_has_a_category_and_every_category_a_colour() -> None:
    assert {category(name) for name, entry in event_types().items() if not entry.abstract} == set(
        range(len(CATEGORIES))
    )
    assert CATEGORIES[category("shelling")] == "Explosions/Remote violence"
    assert CATEGORIES[category("natural_disaster")] == "Accidents, disasters, crime"
    assert CATEGORIES[category("consult")] == "Words and policy"
    assert category("a type of another version") == len(CATEGORIES) - 1


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("night", [False, True])
def test_colours_have_the_contrast_that_wcag_aa_asks_for(night: bool) -> None:
    style = (Path(cli.__file__).parents[1] / "report" / "assets" / "report.css").read_text("utf-8")
    pairs = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\)", style))
    colours = {name: pair.split(", ")[night] for name, pair in pairs.items()}
    grounds = ("paper", "surface")
    words = [("ink", ground) for ground in (*grounds, "chosen", "lit", "layer-event", "layer-count")]
    words += [(name, ground) for name in ("muted", "accent", "fault") for ground in (*grounds, "chosen")]
    words += [("label", "land"), ("label", "sea")]
    for name, ground in words:
        assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    marks = [f"category-{n}" for n in range(len(CATEGORIES))]
    marks += [f"layer-{name}" for name in ("place", "actor", "date", "cited", "other")]
    for name, ground in [(name, ground) for name in (*marks, "edge", "accent") for ground in grounds]:
        assert contrast(colours[name], colours[ground]) >= 3, (name, ground)


def country_at(lon: float, lat: float) -> str | None:
    """The country of the outlines that holds a point, by counting how often a line from it crosses the borders."""
    topology = json.loads(data_path("models", "map", "outlines.json").read_text("utf-8"))
    scale = topology["transform"]["scale"][0]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale, y * scale))
        arcs.append(arc)
    for geometry in topology["objects"]["countries"]["geometries"]:
        inside = False
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points = [point for n in ring for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]
                assert points[0] == points[-1]
                for (x1, y1), (x2, y2) in pairwise(points):
                    if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
                        inside = not inside
        if inside:
            return str(geometry["properties"]["name"])
    return None


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (36.3, 33.5, "Syria"),
        (44.4, 33.3, "Iraq"),
        (13.2, 11.8, "Nigeria"),
        (-74.1, 4.6, "Colombia"),
        (-30.0, 30.0, None),
    ],
)
def test_outlines_hold_the_towns_of_their_countries(lon: float, lat: float, name: str | None) -> None:
    assert country_at(lon, lat) == name


def test_outlines_are_small_and_say_where_they_come_from() -> None:
    folder = data_path("models", "map")
    assert (folder / "outlines.json").stat().st_size < 600_000
    told = (folder / "README.md").read_text("utf-8")
    assert "Natural Earth" in told
    assert "public domain" in told


def test_blocks_keep_their_order_and_are_cut_by_size() -> None:
    blocks = Blocks()
    places = [blocks.add({"n": n, "text": "x" * 40_000}) for n in range(7)]
    assert places == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0)]
    page = Page("".join(blocks.elements()))
    assert [[value["n"] for value in block] for block in page.blocks()] == [[0, 1, 2], [3, 4, 5], [6]]
