from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from pipeline import batch, cli
from pipeline.batch import Progress, RunSummary
from pipeline.batch import run as run_batch
from pipeline.build import build_nlp
from pipeline.config import Config, load_config
from pipeline.errors import ConfigError
from pipeline.link import files
from pipeline.link.cases import case_articles, load_cases
from pipeline.link.files import read_incidents
from pipeline.manifest import hash_file
from pipeline.output import FILES

CASES = ("wire-copy", "same-day-two-towns")


@pytest.fixture(scope="module")
def config(root: Path) -> Config:
    found = load_config(root / "config.yaml")
    return found.model_copy(update={"run": found.run.model_copy(update={"batch_size": 2})})


@pytest.fixture(scope="module")
def source(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles of two cases; the first article of each is told again by three others or by one."""
    path = tmp_path_factory.mktemp("in") / "in.jsonl"
    cases = load_cases(root / "corpus")
    raws = case_articles({name: cases[name] for name in CASES})
    given = [{"id": raw.id, "text": raw.text, "published": raw.published, "source": raw.source} for raw in raws]
    path.write_text("".join(json.dumps(article) + "\n" for article in given))
    return path


@pytest.fixture(autouse=True, scope="module")
def one_pipeline(config: Config) -> object:
    """Loading the model takes longer than all else, so that it is done once."""
    nlp = build_nlp(config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "build_nlp", lambda _: nlp)
        yield


@pytest.fixture(scope="module")
def out(config: Config, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linked") / "out"
    run_batch(config, source, folder, link=True)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "stats.json"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_linked_run_writes_the_incidents_that_link_finds_in_it(out: Path, tmp_path: Path) -> None:
    assert sorted(path.name for path in out.iterdir()) == sorted([*FILES, "incidents.jsonl"])
    again = tmp_path / "again.jsonl"
    call("link", out, "-o", again)
    assert again.read_bytes() == (out / "incidents.jsonl").read_bytes()
    (raid,) = (one for one in read_incidents(again) if any(m.article == "wire-copy/wire" for m in one.members))
    assert (len(raid.members), raid.sources) == (4, 2)


def test_linked_run_has_the_incident_of_each_event_in_its_table(out: Path) -> None:
    of = {(m.article, m.event): one.id for one in read_incidents(out / "incidents.jsonl") for m in one.members}
    found = rows(out / "events.csv")
    assert [row["incident_id"] for row in found] == [of.get((row["article_id"], row["event_id"]), "") for row in found]
    assert len(of) > 4


def test_linked_run_tells_of_its_incidents_in_manifest_and_figures(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["options"]["link"] is True
    for name in ("incidents.jsonl", "events.csv"):
        assert manifest["outputs"][name] == hash_file(out / name)
    stats = json.loads((out / "stats.json").read_text("utf-8"))
    incidents = read_incidents(out / "incidents.jsonl")
    assert stats["incidents"] == len(incidents)
    assert stats["incidents_of_several"] == sum(len(one.members) > 1 for one in incidents) > 1


def test_linked_run_that_was_stopped_goes_on_and_ends_with_the_same_bytes(
    config: Config, source: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        run_batch(config, source, target, link=True, progress=stop)
    with monkeypatch.context() as patch:
        patch.setattr(files, "write_events", die)  # in the middle of linking
        with pytest.raises(KeyboardInterrupt):
            run_batch(config, source, target, link=True)
    assert [path.name for path in target.iterdir()] == [".partial"]
    summary = run_batch(config, source, target, link=True)
    assert contents(target) == contents(out)
    assert (summary.resumed, summary.articles) == (summary.articles, len(source.read_text().splitlines()))


@pytest.mark.parametrize("moved", [0, 1, 4, len(FILES)])
def test_linked_run_may_be_killed_while_the_files_are_put_in_their_places(
    config: Config, source: Path, out: Path, tmp_path: Path, moved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, left = Path.replace, iter(range(moved))

    def stop(self: Path, target: Path) -> Path:
        if self.parent.name == ".partial" == target.parent.name:
            return replace(self, target)
        if next(left, None) is None:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            run_batch(config, source, tmp_path / "out", link=True)
    summary = run_batch(config, source, tmp_path / "out", link=True)
    assert contents(tmp_path / "out") == contents(out)
    assert (summary.incidents, summary.joined) == counts(out)


def counts(out: Path) -> tuple[int, int]:
    stats = json.loads((out / "stats.json").read_text("utf-8"))
    return stats["incidents"], stats["incidents_of_several"]


def test_run_says_how_many_incidents_it_found(config: Config, source: Path, tmp_path: Path) -> None:
    from pipeline import show

    summary = run_batch(config, source, tmp_path / "out", link=True)
    assert f"{summary.incidents} incidents, {summary.joined} of them of several articles" in show.run_summary(summary)
    assert "incidents" not in show.run_summary(RunSummary(tmp_path / "out"))


def test_run_without_links_takes_stale_incidents_away(config: Config, source: Path, tmp_path: Path) -> None:
    run_batch(config, source, tmp_path / "out", link=True)
    with pytest.raises(ConfigError, match="options"):
        run_batch(config, source, tmp_path / "out")
    run_batch(config, source, tmp_path / "out", fresh=True)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(FILES)
    assert "incident_id" not in rows(tmp_path / "out" / "events.csv")[0]


def test_link_writes_beside_the_one_run_that_it_is_given(
    config: Config, source: Path, out: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    run_batch(config, source, target)
    before = contents(target)
    call("link", target)
    assert (target / "incidents.jsonl").read_bytes() == (out / "incidents.jsonl").read_bytes()
    assert {name: bytes_ for name, bytes_ in contents(target).items() if name != "incidents.jsonl"} == before


def test_link_of_several_runs_asks_where_the_incidents_go(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call("link", out, out / "records.jsonl", code=2)
    assert "with -o FILE" in capsys.readouterr().err


def call(*words: object, code: int = 0) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["dateline", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
    assert stopped.value.code == code
