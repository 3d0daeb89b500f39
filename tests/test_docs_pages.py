"""Every block of code in docs/ is run, and what a page says of the program is compared with the program.

A page's blocks run in order in a folder of its own, which holds ``article.txt``, four articles in ``articles/`` and a
small ``corpus/``:

- with a title, a block is written to the file that the title names; YAML that is a configuration is validated;
- ``bash``: lines of ``dateline`` are run, in this process where it can take them, but for those that need a cluster or
  a store; what these name, and lines of ``make`` and ``pip``, must exist;
- ``text`` after ``bash``: each of its lines must be in the output, ``…`` standing for anything;
- ``python`` is executed; asserts are part of the page.

A block whose title is a file of the repository is an edit: a test of its own makes it in a copy of the source tree, and
runs the commands behind it there.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from fnmatch import fnmatch
from functools import lru_cache
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, get_args
from unittest import mock

import pages
import pytest
import yaml
from pydantic import BaseModel, TypeAdapter

import pipeline
from pipeline import build, cli
from pipeline.articles import REASONS, SKIPS
from pipeline.config import Config, GazetteerConfig, RunConfig, effective, load_config, parse_config
from pipeline.gazetteer.store import default_path
from pipeline.link.incidents import Incident
from pipeline.link.settings import BestRule, read_wishes
from pipeline.output import FILES
from pipeline.records import json_schema
from pipeline.resources import data_path
from pipeline.stages import STAGES
from pipeline.tables import COLUMNS

DOCS = Path(__file__).resolve().parent.parent / "docs"
ROOT = DOCS.parent
EDITS = ("pipeline/",)


def text_of(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


class Scene:
    """The folder that a page's blocks run in, as a reader would have it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = ""
        self.names: dict[str, Any] = {}
        self.edited = False
        corpus = sorted((ROOT / "corpus" / "articles").glob("*.txt"))
        for name, found in (("north", corpus[:2]), ("south", corpus[2:4])):
            (folder / "articles" / name).mkdir(parents=True)
            for path in found:
                shutil.copy(path, folder / "articles" / name)
        shutil.copy(ROOT / "corpus" / "articles" / "dayrik-patrol-collision.txt", folder / "article.txt")
        for path in corpus[:4]:
            for name, kept in (("articles", path), ("gold", ROOT / "corpus" / "gold" / f"{path.stem}.yaml")):
                (folder / "corpus" / name).mkdir(parents=True, exist_ok=True)
                shutil.copy(kept, folder / "corpus" / name)

    def run(self, block: pages.Block) -> None:
        if block.title is not None:
            self.show(block)
        elif self.edited and block.language in ("bash", "text"):
            self.edited = block.language == "bash"
        elif block.language == "bash":
            self.output = "\n".join(map(self.line, block.body.splitlines()))
        elif block.language == "python":
            with mock.patch.object(build, "build_nlp", _build):  # pages add to it, so none may be shared
                exec(compile(block.body, "page", "exec"), self.names)  # noqa: S102  # our own pages
        elif block.language == "text":
            if self.output:
                for line in block.body.splitlines():
                    assert_shown(line, self.output)
        else:
            raise AssertionError(f"nothing checks a block of {block.language!r}")

    def show(self, block: pages.Block) -> None:
        """Write the file that a block shows, after a look whether it can be what it says."""
        assert block.title is not None
        self.edited = block.title.startswith(EDITS)
        if self.edited:
            return
        path = self.folder / block.title
        path.parent.mkdir(exist_ok=True)
        path.write_text(block.body, "utf-8")
        if block.language != "yaml":
            return
        if block.title == "pairs.yaml":
            assert read_wishes(path).must_link
        elif "/" not in block.title and "largetolls" not in block.body:
            parse_config(yaml.safe_load(block.body), where=block.title)

    def line(self, line: str) -> str:
        """Run one line of bash and give what it printed."""
        line, _, into = line.partition(" > ")
        before, _, command = line.rpartition(" | ")
        words = shlex.split(command)
        if not words:
            return ""
        if words[0] == "make":
            assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), line
            return ""
        if words[:2] == ["pip", "install"]:
            extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
            assert re.fullmatch(r"dateline\[(\w+)\]", words[2])[1] in extras  # type: ignore[index]
            return ""
        if words[0] == "ls":
            return "\n".join(sorted(path.name for path in (self.folder / words[1]).iterdir()))
        assert words[0] == "dateline", f"nothing checks the line {line!r}"
        if words[1:] == ["gazetteer", "build"]:
            return ""  # builds what all other lines need: it was built before
        if any(word == "--address" or "://" in word for word in words):
            pages.assert_exists(words[1:])  # there is no cluster and no store here
            return ""
        given = ""
        if before:
            verb, *given_words = shlex.split(before)
            given = given_words[0] if verb == "echo" else (self.folder / given_words[0]).read_text("utf-8")
        output = self.alone(words, given) if self.own_words(words) else dateline(words, given)
        if into:
            (self.folder / into).write_text(output, "utf-8")
        return output

    def own_words(self, words: list[str]) -> bool:
        """Whether the configuration that a line names has words of its own, to which a whole process keeps."""
        named = words[words.index("--config") + 1] if "--config" in words else None
        return named is not None and "\nwords:" in (self.folder / named).read_text("utf-8")

    def alone(self, words: list[str], given: str) -> str:
        command = [sys.executable, "-m", "pipeline", *words[1:]]
        where = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=self.folder, env=where, input=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def dateline(words: list[str], given: str) -> str:
    """Run the command line in this process, and give what it printed."""
    out = StringIO()
    stdin = TextIOWrapper(BytesIO(given.encode("utf-8")), "utf-8")
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(sys, "argv", words))
        stack.enter_context(mock.patch.object(sys, "stdin", stdin))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(out))
        stopped = stack.enter_context(pytest.raises(SystemExit))
        cli.main()
    assert stopped.value.code == 0, f"{shlex.join(words)}: exit code {stopped.value.code}\n{out.getvalue()}"
    return out.getvalue()


def assert_shown(line: str, output: str) -> None:
    pattern = ".*".join(r"\s+".join(map(re.escape, part.split())) for part in line.split("…"))
    assert re.search(pattern, output), f"the page shows {line!r}, the command printed:\n{output}"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pipelines are built once for each configuration: loading the model takes longer than all else."""
    for found in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not found.name.endswith("__main__"):
            module = importlib.import_module(found.name)
            if getattr(module, "build_nlp", None) is _build:
                monkeypatch.setattr(module, "build_nlp", _kept)


_build = build.build_nlp


def _kept(config: Config, *, upto: str | None = None) -> Any:
    return _built(config.model_dump_json(), upto)


@lru_cache(maxsize=4)
def _built(config: str, upto: str | None) -> Any:
    return _build(Config.model_validate_json(config), upto=upto)


OWN_TESTS = ("commands.md", "tutorial.md")
PAGES = [path.relative_to(DOCS).as_posix() for path in sorted(DOCS.rglob("*.md"))]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("page", [page for page in PAGES if pages.blocks(text_of(page)) and page not in OWN_TESTS])
def test_blocks_of_a_page_run(page: str, tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    with chdir(tmp_path):
        for block in pages.blocks(text_of(page)):
            scene.run(block)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_quotes_exists(page: str) -> None:
    for words in pages.quoted_commands(text_of(page)):
        pages.assert_exists(words)


# --- the record -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    found = json_schema()
    return {**found["$defs"], "Record": {key: value for key, value in found.items() if key != "$defs"}}


FIELDS = [row for row in pages.rows(text_of("record.md")) if "Field" in row.cells]


def test_every_field_of_every_type_has_its_row_in_order() -> None:
    shown: dict[str, list[str]] = {}
    for row in FIELDS:
        shown.setdefault(row.section[-1], []).append(pages.plain(row["Field"]))
    assert set(shown) == set(schema())
    assert {name: sorted(fields) for name, fields in shown.items()} == {
        name: sorted(about["properties"]) for name, about in schema().items()
    }


def described(row: pages.Row) -> tuple[Any, str]:
    name = row.section[-1]
    return schema()[name]["properties"][pages.plain(row["Field"])], name


def variants(about: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = about.get("anyOf", [about])
    return found


@pytest.mark.parametrize("row", FIELDS, ids=lambda row: f"{row.section[-1]}.{pages.plain(row['Field'])}")
def test_field_is_described_as_the_schema_has_it(row: pages.Row) -> None:
    about, name = described(row)
    kinds = variants(about)
    assert row["Meaning"]
    assert (row["Null"] == "never") == ({"type": "null"} not in kinds), "null rule"
    (kind,) = [one for one in kinds if one != {"type": "null"}]
    inner = kind["items"] if kind.get("type") == "array" else kind
    assert row["Type"].startswith("list of") == (kind.get("type") == "array")
    if "$ref" in inner:
        assert f"[{inner['$ref'].rpartition('/')[2]}](#" in row["Type"]
    elif "enum" in inner:
        assert pages.code(row["Type"]) == inner["enum"]
    else:
        word = {"string": "text", "integer": "number", "number": "number", "boolean": "true or false"}
        assert word[inner.get("type", "string")] in row["Type"]
    example = next(iter(pages.code(row["Example"])), None)
    assert example or "$ref" in inner, "no example"
    if example:
        field = record_type(name).model_fields[pages.plain(row["Field"])]
        TypeAdapter(field.rebuild_annotation()).validate_python(json.loads(example))


def record_type(name: str) -> type[BaseModel]:
    from pipeline import records

    found: type[BaseModel] = getattr(records, name)
    return found


def test_every_code_of_a_warning_is_told() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "pipeline").rglob("*.py"))
    codes = set(re.findall(r'\bNotice\(\s*"(\w+)"', code))
    assert len(codes) > 4
    assert {pages.plain(row["Code"]) for row in pages.rows(text_of("record.md")) if "Code" in row.cells} == codes


# --- configuration, tables, files, stages -----------------------------------------------------------------------------


def keys() -> dict[str, str]:
    """Every key of the configuration with its default as JSON."""
    found = {"model": "required", "words": "null", "stages": "required"}
    sections: list[tuple[str, type[BaseModel]]] = [("gazetteer", GazetteerConfig)]
    sections += [(f"stages.{name}", spec.options()) for name, spec in STAGES.items()]
    sections.append(("run", RunConfig))
    for section, model in sections:
        if section.startswith("stages."):
            found[f"{section}.enabled"] = "true"
        for name, field in model.model_fields.items():
            found[f"{section}.{name}"] = json.dumps(field.default).strip('"')
    return found


def test_every_key_of_the_configuration_is_told_with_its_default() -> None:
    rows = [row for row in pages.rows(text_of("configuration.md")) if "Key" in row.cells]
    assert {pages.plain(row["Key"]): pages.plain(row["Default"]) for row in rows} == keys()
    assert all(row["Meaning"] for row in rows)


def test_configuration_on_the_page_is_the_one_that_ships() -> None:
    block = next(block for block in pages.blocks(text_of("configuration.md")) if block.title == "config.yaml")
    shown = parse_config(yaml.safe_load(block.body), where="the page")
    assert effective(shown) == effective(load_config(data_path("config.yaml")))


def test_every_column_of_every_table_is_told() -> None:
    told = {
        (table, column)
        for row in pages.rows(text_of("formats.md"))
        if "Column" in row.cells
        for column in pages.code(row["Column"])
        for table in (COLUMNS if row["In"] == "all" else row["In"].split(", "))
    }
    assert {table for table, _ in told} == set(COLUMNS)
    repeated = {
        (table, name) for table, names in COLUMNS.items() for name in names if re.match("(inj|mis|cap|dis)", name)
    }
    also = {("entities", "gazetteer_id"), ("entities", "actor")}  # told in words
    assert told | repeated | also == {(table, name) for table, names in COLUMNS.items() for name in names}


def test_every_file_and_reason_is_told() -> None:
    rows = list(pages.rows(text_of("formats.md")))
    assert {pages.plain(row["File"]) for row in rows if "File" in row.cells} == set(FILES)
    assert {pages.plain(row["Reason"]) for row in rows if "Reason" in row.cells} == set(REASONS)
    assert {pages.plain(row["Skipped"]) for row in rows if "Skipped" in row.cells} == set(SKIPS)


def test_every_field_of_an_incident_and_every_rule_of_its_toll_is_told() -> None:
    rows = list(pages.rows(text_of("linking.md")))
    assert [pages.plain(row["Field"]) for row in rows if "Field" in row.cells] == list(Incident.model_fields)
    assert {pages.plain(row["`--best`"]) for row in rows if "`--best`" in row.cells} == set(get_args(BestRule))


def test_every_stage_is_told_with_files_that_exist() -> None:
    rows = [row for row in pages.rows(text_of("how.md")) if "Stage" in row.cells]
    assert [pages.plain(row["Stage"]) for row in rows] == list(STAGES)
    files = {name for row in rows for name in pages.code(row["What it reads"])} - {"gazetteer.sqlite"}
    assert [name for name in files if not (ROOT / "models" / name).exists()] == []


def data_files() -> set[str]:
    models = ROOT / "models"
    kinds = (".yaml", ".tsv", ".txt")
    return {path.relative_to(models).as_posix() for path in models.rglob("*.*") if path.suffix in kinds}


def test_page_on_the_way_of_the_data_names_every_data_file() -> None:
    told = pages.code(pages.prose(text_of("how.md")))
    assert [name for name in data_files() if not any(fnmatch(name, pattern) for pattern in told)] == []


def test_page_on_languages_knows_every_data_file() -> None:
    section = pages.prose(text_of("extending.md")).partition("## A language")[2]
    told = {name for name in pages.code(section) if re.search(r"\.(yaml|tsv|txt)$", name)} - {"config.yaml"}
    assert told == data_files()


# where benchmarks/RESULTS.md has each figure: cells of its row, column, and which of several behind slashes
MEASURED = {
    "people killed, summaries of one incident, exactly": ("incidents", "killed, all rows / non-zero", "b", 0),
    "people injured, the same": ("incidents", "injured, all rows / non-zero", "b", 0),
    "people killed, web pages about one shooting with all their boilerplate, exactly": (
        "incident_linking, one page each",
        "killed / non-zero",
        "b",
        0,
    ),
    "the same, pages that tell of dead": ("incident_linking, one page each", "killed / non-zero", "b", 1),
    "type of an event": ("event_types", "right main type / right type among the events", "b", 0),
    "source and target together with the type's root": ("plover", "root / root, source and target", "b", 1),
    "place names on a map, end to end (F1), international news": ("tr-news", None, "held out F1", 0),
    "place names on a map, end to end (F1), local papers": ("lgl", None, "held out F1", 0),
}


def test_every_figure_of_the_limits_is_the_one_measured() -> None:
    results = list(pages.rows((ROOT / "benchmarks" / "RESULTS.md").read_text("utf-8")))
    measured = {}
    for label, (set_, figure, column, part) in MEASURED.items():
        (row,) = [
            row for row in results if column in row.cells and row["set"] == set_ and row.cells.get("figure") == figure
        ]
        measured[label] = row[column].split(" / ")[part]
    shown = {row["On unseen text"]: row["Right"] for row in pages.rows(text_of("limits.md")) if "Right" in row.cells}
    assert shown == measured


# --- commands, site, recipes ------------------------------------------------------------------------------------------


@pytest.fixture
def make_commands(monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    monkeypatch.syspath_prepend(str(DOCS))
    import make_commands

    return make_commands.page


def test_page_of_commands_is_what_the_commands_say(make_commands: Callable[[], str]) -> None:
    assert text_of("commands.md") == make_commands(), "stale: run `make commands`"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it: a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_site_has_every_page_and_no_code(site: Path) -> None:
    assert not list(site.rglob("*.py*"))
    assert set(PAGES) <= {path.relative_to(site).with_suffix(".md").as_posix() for path in site.rglob("*.html")}


def test_site_fetches_nothing(site: Path) -> None:
    for path in site.rglob("*.html"):
        fetched = re.findall(
            r"<(?:script|img|link|iframe)\b[^>]*?(?:src|href)=\"?(https?:[^\" >]+)", path.read_text("utf-8")
        )
        assert fetched == [], path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the source tree, to make the edits in that a page shows."""
    for name in ("pipeline", "models"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.sqlite*", "__pycache__"))
    shutil.copy(ROOT / "config.yaml", tmp_path)
    return tmp_path


def extending() -> list[pages.Block]:
    return pages.blocks(text_of("extending.md"))


def shown(title: str) -> str:
    (block,) = [block for block in extending() if block.title == title]
    return block.body


def dateline_in(tree: Path, *words: str, given: str | None = None) -> str:
    gazetteer = f"gazetteer.path={default_path()}"
    command = [sys.executable, "-m", "pipeline", *words, "--set", gazetteer]
    done = subprocess.run(command, cwd=tree, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_stage_that_is_added_as_the_page_says_runs(tree: Path) -> None:
    (tree / "pipeline" / "stages" / "largetolls.py").write_text(shown("pipeline/stages/largetolls.py"), "utf-8")
    path = tree / "pipeline" / "stages" / "__init__.py"
    text, end = path.read_text("utf-8"), "\n    )\n}\n"
    assert text.count(end) == 1
    path.write_text(text.replace(end, f"\n{shown('pipeline/stages/__init__.py').strip()},{end}"), "utf-8")
    (tree / "tolls.yaml").write_text(shown("tolls.yaml"), "utf-8")
    listed = dateline_in(tree, "stages", "--config", "tolls.yaml")
    assert re.search(r"largetolls +on +casualties", listed)
    (tree / "quake.txt").write_text("An earthquake killed at least 240 people in Nepal on Monday.", "utf-8")
    dateline_in(tree, "run", "quake.txt", "-o", "out", "--config", "tolls.yaml")
    record = json.loads((tree / "out" / "records.jsonl").read_text("utf-8"))
    assert [(warning["stage"], warning["code"]) for warning in record["warnings"]] == [("largetolls", "large_toll")]
