"""The report as a reader meets it in a browser: it loads, filters, sorts, jumps both ways, and runs nothing foreign."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from report_run import BREAKOUT, FAILURES, HANDLER, HOSTILE, records, write_run

from pipeline.evaluation import evaluate_records
from pipeline.gold import as_record, load_gold
from pipeline.report import write_evaluation, write_report
from pipeline.resources import data_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1400, "height": 900}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome on the PATH")

Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason='needs playwright: pip install "dateline[dev]"')
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    run = write_run(folder / "run", records(), failures=FAILURES)
    return write_report(run, folder / "report.html").out


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gold against itself, but for one event that is missed and one entity that is made up."""
    folder = tmp_path_factory.mktemp("evaluation")
    said = [as_record(gold) for gold in load_gold(data_path("corpus"))]
    first = said[0]
    made_up = first.entities[0].model_copy(update={"id": "e999", "label": "PERSON"})
    said[0] = first.model_copy(update={"events": first.events[1:], "entities": [*first.entities, made_up]})
    (folder / "records.jsonl").write_text("".join(record.model_dump_json() + "\n" for record in said), encoding="utf-8")
    write_evaluation(evaluate_records(folder / "records.jsonl", data_path("corpus")), folder / "evaluation.html")
    return folder / "evaluation.html"


@contextmanager
def shown(browser: Browser, file: Path, address: str = "", **options: Any) -> Iterator[Page]:
    """The page, which must not complain, run what is not ours, or ask for anything outside of itself."""
    context = browser.new_context(**{"viewport": DESK, **options})
    page = context.new_page()
    problems: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri() + address)
    page.wait_for_selector("[role=tabpanel]:not([hidden]) tbody tr", state="attached")
    yield page
    pwned = page.evaluate("window.pwned")
    context.close()
    assert problems == []
    assert asked == [file.as_uri()]
    assert pwned is None


def events(page: Page) -> Locator:
    return page.locator("#view-events tbody tr")


def column(page: Page, label: str) -> list[str]:
    return page.locator(f"#view-events td[data-label='{label}']").all_inner_texts()


def read(page: Page, identity: str) -> Locator:
    page.evaluate("id => { location.hash = `#read/${encodeURIComponent(id)}/` }", identity)
    page.wait_for_selector("#reader:not([hidden]) .reader-head")
    return page.locator("#reader")


# Loading


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_report_loads_without_a_complaint_and_draws_its_map(browser: Browser, report: Path, scheme: str) -> None:
    with shown(browser, report, color_scheme=scheme) as page:
        page.wait_for_selector("canvas[data-ready]")
        assert page.locator("h1").inner_text() == "Dateline report"
        assert page.title() == "run – Dateline report"
        assert events(page).count() == 4
        assert "Map of 4 events" in str(page.locator("canvas").get_attribute("aria-label"))
        drawn = page.evaluate(
            "() => { const c = document.querySelector('canvas');"
            "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
            "const seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i+1] << 8 | d[i+2]);"
            "return seen.size }"
        )
        assert drawn > 20
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(20, 23, 26)") == (scheme == "dark")


def test_theme_button_overrules_the_system(browser: Browser, report: Path) -> None:
    with shown(browser, report, color_scheme="light") as page:
        for _ in range(2):
            page.click(".theme")
        assert page.locator(".theme").inner_text() == "Theme: dark"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"


def test_every_view_opens(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        for name, words in (
            ("incidents", "told by several articles"),
            ("articles", "Toll rises"),
            ("problems", "stage_error"),
            ("run", "Record contract"),
        ):
            page.click(f"#tab-{name}")
            panel = page.locator(f"#view-{name}")
            assert panel.is_visible()
            assert words in panel.inner_text()


def test_run_of_failures_alone_is_shown(browser: Browser, tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [], failures=FAILURES)
    file = write_report(run, tmp_path / "report.html").out
    context = browser.new_context()
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(file.as_uri())
    assert "No events were found" in page.locator("#view-events").inner_text()
    page.click("#tab-problems")
    assert HANDLER in page.locator("#view-problems").inner_text()
    context.close()
    assert problems == []


# Filters and order


def choose(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        field = page.locator(f".filters [name={name}]")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"text": "qamishli explosion"}, 2),
        ({"text": "toll RISES"}, 1),
        ({"type": "attack"}, 2),
        ({"country": "SY"}, 4),
        ({"country": "-"}, 0),
        ({"actor": "gunmen"}, 1),
        ({"status": "negated"}, 0),
        ({"killed": "12"}, 2),
        ({"score": "0.9"}, 0),
        ({"from": "2021-03-08"}, 2),
        ({"to": "2021-03-07"}, 0),
        ({"killed": "4", "type": "attack"}, 1),
    ],
)
def test_filters_leave_what_they_say(browser: Browser, report: Path, fields: dict[str, str], left: int) -> None:
    with shown(browser, report) as page:
        choose(page, **fields)
        assert events(page).count() == left
        told = page.locator(".result").first.inner_text()
        assert told == ("4 events" if left == 4 else f"{left} of 4 events")
        page.click("button[type=reset]")
        events(page).nth(3).wait_for()


def test_category_is_switched_off_and_on(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        chip = page.get_by_role("button", name="Explosions/Remote violence")
        chip.click()
        assert (chip.get_attribute("aria-pressed"), events(page).count()) == ("false", 2)
        chip.click()
        assert (chip.get_attribute("aria-pressed"), events(page).count()) == ("true", 4)


def test_headers_sort_both_ways_and_say_so(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        header = page.locator("#view-events th", has_text="Killed")
        header.locator("button").click()
        assert column(page, "Killed") == ["15", "≥12", "4", "3"]
        assert header.get_attribute("aria-sort") == "descending"
        header.locator("button").click()
        assert column(page, "Killed") == ["3", "4", "≥12", "15"]
        assert header.get_attribute("aria-sort") == "ascending"


def test_bar_of_the_timeline_chooses_its_days(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        page.wait_for_selector(".bars .touch", state="attached")
        bars = page.locator(".bars .touch")
        titles = bars.evaluate_all("bars => bars.map((bar) => bar.textContent)")
        bars.nth(titles.index("2021-03-08: 2 events")).click()
        assert page.locator("[name=from]").input_value() == page.locator("[name=to]").input_value() == "2021-03-08"
        assert events(page).count() == 2


def test_drag_over_the_timeline_chooses_a_range(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        page.wait_for_selector(".bars .touch", state="attached")
        box = page.locator(".bars").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 2, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20)
        assert page.locator(".bars .brush").get_attribute("visibility") == "visible"
        page.mouse.up()
        assert page.locator("[name=from]").input_value() < "2021-03-08" < page.locator("[name=to]").input_value()


def test_mark_of_several_events_in_one_town_filters_to_them(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        choose(page, type="explosion")
        page.click("[aria-label='Show all events']")
        box = page.locator("canvas").bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        choose(page, type="")
        assert "2 events chosen on the map" in page.locator(".chosen-places").inner_text()
        assert events(page).count() == 2
        page.click(".chosen-places")
        assert events(page).count() == 4


def test_map_is_moved_by_keys(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        page.wait_for_selector("canvas[data-ready]")
        canvas = page.locator("canvas")
        seen = {canvas.evaluate("canvas => canvas.toDataURL()")}
        canvas.focus()
        for key in ("+", "ArrowLeft", "ArrowUp", "-"):
            page.keyboard.press(key)
            seen.add(canvas.evaluate("canvas => canvas.toDataURL()"))
        assert len(seen) == 5


# Reading


def test_click_on_a_row_opens_the_article_at_the_event(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        events(page).filter(has_text="Toll rises").locator("td").last.click()
        page.wait_for_selector("#reader .piece.hit")
        assert page.locator("#reader .piece.hit").all_inner_texts() == ["killed"]
        assert page.locator("#reader .inspector").inner_text().startswith("“killed”")
        page.keyboard.press("Escape")
        page.wait_for_selector("#reader", state="hidden")


def test_click_on_a_value_lights_its_words(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        pane = read(page, "wire-1")
        for value, words in (
            ("≥12 killed", "at least 12"),
            ("2021-03-08", "8 March 2021"),
            ("Qamishli, Syria", "Qamishli"),
            ("12 people", "12 people"),
        ):
            pane.locator(".card").get_by_role("button", name=value, exact=True).click()
            assert "".join(pane.locator(".piece.hit").all_inner_texts()) == words
            assert pane.locator(".piece.hit").first.evaluate(
                "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
            )


def test_click_on_words_shows_the_value_its_rule_and_its_candidates(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        pane = read(page, "wire-1")
        pane.locator(".piece.layer-count").first.click()
        told = pane.locator(".inspector").inner_text()
        for words in ("“at least 12”", "Killed: ≥12", "12 / 12 / –", "subject: killed", "civilian"):
            assert words in told
        assert pane.locator(".card.chosen").count() == 1
        pane.locator(".piece.layer-place").first.click()
        told = pane.locator(".inspector").inner_text()
        for words in ("Candidates", "Qamishli ✓", "Qamishli elsewhere", "United States", "geonames:77", "0.10"):
            assert words in told


def test_text_stands_as_it_was_analysed_and_astral_signs_move_no_mark(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        pane = read(page, HANDLER)
        assert pane.locator(".text").evaluate("element => element.textContent") == HOSTILE
        assert pane.locator(".piece.layer-event").all_inner_texts() == ["killed"]
        assert pane.locator(".piece.layer-count").all_inner_texts() == ["3"]


def test_hostile_words_are_words(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        pane = read(page, HANDLER)
        head = pane.locator(".reader-head")
        assert BREAKOUT in head.inner_text()
        assert "javascript:window.pwned=1" in head.inner_text()
        assert head.locator("a").count() == 0
        for tab in ("events", "incidents", "articles", "problems", "run"):
            page.click(f"#tab-{tab}")
        assert page.locator("img, iframe, object, body svg script").count() == 0
        assert page.locator("script:not([type])").count() == 1
        assert page.locator("[onerror], [onload], [onclick]").count() == 0


def test_address_of_an_article_is_a_link_that_tells_nobody(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        link = read(page, "wire-1").locator(".reader-head a")
        assert link.get_attribute("href") == "https://example.org/1?a=1&b=2"
        assert link.get_attribute("rel") == "noreferrer noopener"


def test_right_to_left_words_keep_their_direction(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        pane = read(page, "rtl")
        assert pane.locator("h2").evaluate("e => getComputedStyle(e).direction") == "rtl"
        assert pane.locator(".text .body").evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"
        assert pane.locator(".meta bdi").first.inner_text() == "راديو"
        cell = events(page).filter(has_text="قصف إدلب").locator("td").last
        assert cell.locator("bdi").inner_text() == "قصف إدلب"


def test_layers_are_hidden_by_their_boxes(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        pane = read(page, "wire-1")
        ground = "element => getComputedStyle(element).backgroundColor"
        count = pane.locator(".piece.layer-count").first
        assert count.evaluate(ground) != "rgba(0, 0, 0, 0)"
        pane.get_by_label("Counts").uncheck()
        assert count.evaluate(ground) == "rgba(0, 0, 0, 0)"


def test_report_without_texts_still_shows_values_and_their_words(browser: Browser, report: Path) -> None:
    file = write_report(report.parent / "run", report.parent / "short.html", texts=False).out
    with shown(browser, file) as page:
        pane = read(page, "wire-1")
        assert "The texts were left out" in pane.inner_text()
        pane.get_by_role("button", name="≥12 killed").click()
        assert pane.locator(".inspector").inner_text().startswith("“at least 12”")


# Incidents


def test_incident_shows_its_articles_side_by_side_with_each_figure(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        page.click("#tab-incidents")
        page.locator("#view-incidents tbody button").first.click()
        page.wait_for_selector(".members .card")
        assert page.locator(".members .card").count() == 2
        assert page.locator(".members mark").all_inner_texts() == ["killed", "killed"]
        cells = page.locator(".toll tbody tr").all_inner_texts()
        assert [row.split("\t")[2] for row in cells] == ["≥12", "15"]
        page.locator(".members a").last.click()
        page.wait_for_selector("#reader .piece.hit")


# Keyboard, phone, print


def test_everything_is_reached_and_used_by_the_keyboard(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.locator("#tab-events").focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == "tab-incidents"
        assert page.locator("#view-incidents").is_visible()
        page.keyboard.press("ArrowLeft")
        link = page.locator("#view-events tbody a", has_text="explosion").first
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#reader .piece.hit")
        before = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("ArrowRight")
        after = page.evaluate("document.activeElement.textContent")
        assert (before, after != before) == ("killed", True)
        page.keyboard.press("Enter")
        assert page.locator("#reader .quote").inner_text() != "“killed”"
        assert page.locator("#reader .text [tabindex='0']").count() == 1
        page.keyboard.press("Escape")
        page.wait_for_selector("#reader", state="hidden")
        assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#read/wire-")


def test_focus_is_always_seen(browser: Browser, report: Path) -> None:
    with shown(browser, report) as page:
        seen = 0
        for _ in range(30):
            page.keyboard.press("Tab")
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            name = page.evaluate("document.activeElement.tagName")
            if name != "BODY":
                assert outline != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
                seen += 1
        assert seen > 20


def test_controls_have_names(browser: Browser, report: Path) -> None:
    with shown(browser, report, "#read/wire-1/v0") as page:
        page.wait_for_selector("#reader .piece.hit")
        nameless = page.evaluate(
            "[...document.querySelectorAll('button, input, select, canvas, [role=button], [role=region]')].filter("
            "(e) => e.checkVisibility() && !e.textContent.trim()"
            " && !e.ariaLabel && !e.title && !e.labels?.length).map((e) => e.outerHTML)"
        )
        assert nameless == []


@pytest.mark.parametrize("view", ["events", "incidents", "articles", "problems", "run"])
def test_no_view_is_wider_than_a_phone(browser: Browser, report: Path, view: str) -> None:
    with shown(browser, report, viewport=PHONE) as page:
        page.click(f"#tab-{view}")
        if view == "incidents":
            page.locator("#view-incidents tbody button").first.click()
            page.wait_for_selector(".members .card")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_article_covers_a_phone_and_words_show_their_value_in_sight(browser: Browser, report: Path) -> None:
    with shown(browser, report, viewport=PHONE) as page:
        pane = read(page, HANDLER)
        box = pane.bounding_box()
        assert box is not None
        assert (box["x"], box["width"]) == (0, PHONE["width"])
        assert pane.evaluate("e => e.scrollWidth <= e.clientWidth")
        assert page.locator("main").evaluate("e => e.inert")
        pane.locator(".piece.layer-count").first.click()
        assert pane.locator(".inspector .detail").first.evaluate(
            "e => { const r = e.getBoundingClientRect(); return r.top < innerHeight && r.bottom > 0 }"
        )


def test_print_shows_the_article_alone_and_by_day(browser: Browser, report: Path) -> None:
    with shown(browser, report, "#read/wire-1/v0", color_scheme="dark") as page:
        page.wait_for_selector("#reader .piece.hit")
        page.emulate_media(media="print")
        assert not page.locator("main").is_visible()
        assert not page.locator(".legend").is_visible()
        assert page.locator("#reader .text").is_visible()
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


# Many events


def test_long_table_is_paged_and_printed_whole(browser: Browser, tmp_path: Path) -> None:
    (one, text) = records()[3]
    many = [
        (one.model_copy(update={"article": one.article.model_copy(update={"id": f"wire-{n:03}"})}), text)
        for n in range(120)
    ]
    file = write_report(write_run(tmp_path / "run", many), tmp_path / "report.html").out
    with shown(browser, file) as page:
        assert events(page).count() == 50
        assert "Page 1 of 3" in page.locator("#view-events .pager").inner_text()
        page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Next").click()
        assert events(page).count() == 20
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert events(page).count() == 120
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert events(page).count() == 20


# Evaluation


def test_evaluation_marks_a_miss_in_gold_and_a_false_alarm_in_the_prediction(
    browser: Browser, evaluation: Path
) -> None:
    gold = load_gold(data_path("corpus"))[0]
    with shown(browser, evaluation) as page:
        assert page.locator("#view-figures tbody tr", has_text="events.found").count() == 1
        page.get_by_role("button", name="events.found").click()
        (row,) = page.locator("#view-mistakes tbody tr").all()
        assert "missed" in row.inner_text()
        row.locator("a").click()
        page.wait_for_selector("#reader .sides .text")
        due, said = page.locator("#reader .side").all()
        assert due.locator("h3").inner_text() == "Gold"
        assert gold.events[0].trigger.text in due.locator(".piece.mistake-missed").all_inner_texts()
        assert said.locator(".piece.mistake-missed").count() == 0
        assert gold.entities[0].text in said.locator(".piece.mistake-false-alarm").all_inner_texts()
        assert due.locator(".piece.mistake-false-alarm").count() == 0
        told = page.locator("#reader .inspector").inner_text()
        assert "events.found" in told
        assert "These words stand for nothing here." in told


def test_evaluation_fits_a_phone(browser: Browser, evaluation: Path) -> None:
    with shown(browser, evaluation, viewport=PHONE) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.click("#tab-compared")
        page.locator("#view-compared tbody a").first.click()
        page.wait_for_selector("#reader .sides .text")
        assert page.locator("#reader").evaluate("e => e.scrollWidth <= e.clientWidth")
