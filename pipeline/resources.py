"""Where the data files are: beside the package in a source tree, inside it in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent


def data_path(*parts: str) -> Path:
    """Path of a file or folder that ships with Dateline, such as ``data_path("models", "ontology.yaml")``.

    Raises:
        ResourceError: neither the source tree nor the installed package has it.
    """
    for root in (_PACKAGE, _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise ResourceError(f"{'/'.join(parts)} is not part of this installation of Dateline; reinstall the package.")


@cache
def load_yaml(*parts: str) -> Any:
    """A YAML data file of ``models/``, parsed once per process. Treat the result as read-only."""
    path = data_path("models", *parts)
    try:
        return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # safe
    except yaml.YAMLError as error:
        raise ResourceError(f"{path} is not valid YAML: {error}") from error
