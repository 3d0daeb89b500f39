"""How a report behaves when the run is large: a synthetic run folder, its report, and a browser that opens it.

    python -m benchmarks.report --articles 5000

The articles are the seed corpus's, repeated with other days and places, so that texts and records are as long and as
rich as real ones. Needs Chromium and playwright (``pip install "dateline[dev]"``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.gold import GoldArticle, as_record, load_gold
from pipeline.records import Record
from pipeline.report import write_report
from pipeline.resources import data_path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
REPEATS = 3
MIN_CHARS = 3000  # the corpus is of short pieces; a wire story has about this


def records(number: int) -> Iterator[tuple[Record, str]]:
    """Synthetic records with their texts, the same ones each time."""
    chance = random.Random(1)  # noqa: S311  # no secret
    golds = load_gold(data_path("corpus"))
    for n in range(number):
        gold = golds[n % len(golds)]
        yield _varied(gold, n, chance)


def _varied(gold: GoldArticle, n: int, chance: random.Random) -> tuple[Record, str]:
    text = gold.text
    while len(text) < MIN_CHARS:
        text += "\n\n" + gold.text
    day = date(2015, 1, 1) + timedelta(days=chance.randrange(3000))
    record = as_record(gold)
    move = chance.uniform(-4, 4), chance.uniform(-4, 4)
    places = [
        place
        if place.lat is None or place.lon is None
        else place.model_copy(
            update={
                "lat": max(-60.0, min(75.0, place.lat + move[0])),
                "lon": max(-179.0, min(179.0, place.lon + move[1])),
            }
        )
        for place in record.places
    ]
    events = [
        event
        if event.date is None or event.date.earliest is None
        else event.model_copy(update={"date": event.date.model_copy(update={"earliest": f"{day}", "latest": f"{day}"})})
        for event in record.events
    ]
    article = record.article.model_copy(
        update={
            "id": f"{gold.id}-{n}",
            "published": f"{day}",
            "chars": len(text),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
    )
    return record.model_copy(update={"article": article, "places": places, "events": events}), text


def write_run(folder: Path, number: int) -> None:
    """A run folder of synthetic records."""
    folder.mkdir(parents=True)
    with (
        (folder / "records.jsonl").open("w", encoding="utf-8") as lines,
        (folder / "articles.jsonl").open("w", encoding="utf-8") as texts,
    ):
        for record, text in records(number):
            lines.write(record.model_dump_json() + "\n")
            kept = {"id": record.article.id, "sha256": record.article.sha256, "text": text}
            texts.write(json.dumps(kept, ensure_ascii=False) + "\n")


def browse(page_file: Path) -> dict[str, float]:
    """Seconds of what a reader waits for, the median of some loads."""
    from playwright.sync_api import sync_playwright

    executable = next(filter(None, map(shutil.which, BROWSERS)))
    found: dict[str, list[float]] = {}

    def timed(name: str, act: Any) -> None:
        begun = time.perf_counter()
        act()
        found.setdefault(name, []).append(time.perf_counter() - begun)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        for _ in range(REPEATS):
            page = browser.new_page()
            timed("open the file until the table stands", lambda page=page: _open(page, page_file))
            page.wait_for_selector("canvas[data-ready]")
            timed("type a word into the search", lambda page=page: _search(page))
            timed("sort by people killed", lambda page=page: page.click("th button:has-text('Killed')"))
            timed("open an article", lambda page=page: _read(page))
            page.close()
        browser.close()
    return {name: sorted(times)[len(times) // 2] for name, times in found.items()}


def _open(page: Any, file: Path) -> None:
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_selector("#view-events tbody tr")


def _search(page: Any) -> None:
    page.fill("input[name=text]", "marseille")
    page.locator(".events .result", has_text=" of ").wait_for()


def _read(page: Any) -> None:
    page.locator("#view-events tbody a").first.click()
    page.wait_for_selector(".reader .piece")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print sizes and times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--keep", type=Path, help="keep the run folder and its report here")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.keep or Path(temporary)) / "run"
        write_run(folder, given.articles)
        begun = time.perf_counter()
        done = write_report(folder, folder / "report.html")
        print(f"{done.articles:,} articles, {done.events:,} events: {done.size / 1e6:.1f} MB")
        print(f"{time.perf_counter() - begun:8.2f} s  write the report")
        for name, seconds in browse(done.out).items():
            print(f"{seconds:8.2f} s  {name}")


if __name__ == "__main__":
    main()
