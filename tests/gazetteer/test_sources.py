"""Reading the packages: nothing in them can run."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from pipeline.errors import ResourceError
from pipeline.gazetteer.sources import PackageFile, read_plain_pickle


class _Attack:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("should-not-exist",)


def test_a_pickle_that_names_a_function_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "bad.pkl"
    path.write_bytes(pickle.dumps([["Aleppo", _Attack()]]))
    with pytest.raises(ResourceError, match="refused to load"):
        read_plain_pickle(path)
    assert not (tmp_path / "should-not-exist").exists()


def test_a_pickle_of_plain_values_is_read(tmp_path: Path) -> None:
    path = tmp_path / "good.pkl"
    path.write_bytes(pickle.dumps([["Aleppo", 36.2, None]]))
    assert read_plain_pickle(path) == [["Aleppo", 36.2, None]]


def test_a_missing_package_is_named() -> None:
    with pytest.raises(ResourceError, match="pip install no-such-package-of-ours"):
        PackageFile("no-such-package-of-ours", "data.json").locate()
