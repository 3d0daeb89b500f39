from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline


def test_every_exported_name_can_be_imported() -> None:
    for name in pipeline.__all__:
        assert getattr(pipeline, name) is not None


def test_exported_names_are_sorted_and_the_same_for_readers_and_type_checkers(root: Path) -> None:
    tree = ast.parse((root / "pipeline" / "__init__.py").read_text("utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    typed = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert {name: f"pipeline.{home}" for name, home in pipeline._HOME.items()} == typed  # noqa: SLF001  # its own test
    assert sorted(pipeline.__all__) == sorted(typed)


def test_no_exported_name_is_that_of_a_module(root: Path) -> None:
    # importing the module would put it in the place of the function
    modules = {path.stem for path in (root / "pipeline").iterdir()}
    assert modules.isdisjoint(pipeline.__all__)


def test_unknown_name_says_what_there_is() -> None:
    with pytest.raises(AttributeError, match="build_nlp"):
        pipeline.nowhere  # noqa: B018


HEAVY = ("spacy", "pydantic", "yaml", "pandas", "trafilatura", "rich")


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = f"import sys, pipeline, pipeline.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
