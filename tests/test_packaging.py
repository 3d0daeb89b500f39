from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from pipeline.stages import STAGES


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text("utf-8")


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[Path]:
    """Every text file that a clone would hold."""
    command = [shutil.which("git") or "git", "ls-files", "-z"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [root / name for name in done.stdout.split("\0") if name and (root / name).is_file()]


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (found,) = folder.glob("dateline-*.whl")
    return found


def test_every_stage_has_an_entry_point_that_leads_to_its_factory(project: dict[str, Any]) -> None:
    points = project["project"]["entry-points"]["spacy_factories"]
    assert {name: where.split(":")[0] for name, where in points.items()} == {
        f"dateline_{name}": f"pipeline.stages.{name}" for name in STAGES
    }
    for name, where in points.items():
        assert callable(EntryPoint(name, where, "spacy_factories").load())
        assert Language.has_factory(name)


def test_lock_gives_every_package_a_hash_and_names_no_host(lock: str) -> None:
    pinned = re.findall(r"^[a-z0-9-]+==[^\n]*(?:\n +--hash=sha256:[0-9a-f]{64}[^\n]*)+", lock, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z0-9-]+==", lock, re.MULTILINE)) > 50
    assert "://" not in lock
    assert "index" not in lock


def test_lock_holds_every_dependency(project: dict[str, Any], lock: str, root: Path) -> None:
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *(each for extra in extras for each in extra)]
    wanted += [line for line in (root / "requirements-build.in").read_text().splitlines() if line[:1].isalpha()]
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    names = {re.split(r"[<>=\[ ]", each, maxsplit=1)[0].lower().replace("_", "-") for each in wanted}
    assert names <= locked


def test_no_file_names_a_package_host_or_a_path_of_one_machine(tracked: list[Path]) -> None:
    # written apart, so that this file does not hold what it looks for
    hosts = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org"]
    folders = [f"/{name}/" for name in ("work", "farm", "root", "home")]
    pattern = re.compile("|".join([*map(re.escape, hosts), *(rf"(?<![\w.]){folder}" for folder in folders)]))
    found = []
    for path in tracked:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.name}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


def test_wheel_holds_the_data_and_no_built_gazetteer(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        *("py.typed", "config.yaml", "models/ontology.yaml", "corpus/articles/dayrik-patrol-collision.txt"),
        *("report/assets/app.js", "report/assets/report.css", "report/assets/report.html", "models/map/outlines.json"),
    ):
        assert f"pipeline/{name}" in names
    assert not [name for name in names if ".sqlite" in name or "__pycache__" in name]
    assert len(set(names)) == len(names)


def test_editable_install_leaves_no_copy_of_our_files(root: Path, tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    (built,) = WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["editable"])
    names = zipfile.ZipFile(built).namelist()
    assert [name for name in names if ".dist-info/" not in name] == ["_dateline.pth"]


def test_wheel_works_with_the_sources_out_of_the_way(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import sys; sys.path.insert(0, 'site'); import pipeline; from pipeline.config import load_config;"
        "from pipeline.resources import data_path, load_yaml; from pipeline.gold import load_gold;"
        "load_yaml('ontology.yaml'); load_gold(data_path('corpus'));"
        "print(pipeline.__file__, *load_config().enabled())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    where, *stages = done.stdout.split()
    assert Path(where) == (tmp_path / "site" / "pipeline" / "__init__.py").resolve()
    assert stages == list(STAGES)
