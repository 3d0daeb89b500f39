"""spaCy without its own command line, for our commands: half of its import time is network and project tools."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType


def import_spacy() -> None:
    """Import spaCy, if nobody has, without ``spacy.cli``; a later ``import spacy.cli`` gives the real thing.

    Only our own processes do this; a program that uses Dateline as a library gets spaCy as it is.
    """
    if "spacy" in sys.modules:
        return
    package, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    package.__path__ = []
    info.info = _info  # type: ignore[attr-defined]
    stand_ins = {module.__name__: module for module in (package, info)}
    sys.modules.update(stand_ins)
    try:
        importlib.import_module("spacy")
    except ImportError:  # a release that needs more of it
        for name in [name for name in sys.modules if name.split(".")[0] == "spacy"]:
            del sys.modules[name]
        importlib.import_module("spacy")
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _info(*args: object, **kwargs: object) -> object:
    """``spacy.info``, which imports what it needs when it is called."""
    return importlib.import_module("spacy.cli.info").info(*args, **kwargs)
