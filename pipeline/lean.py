"""spaCy as our commands want it: without its own command line, and with one thread in each process.

Half of its import time is network and project tools. Threads of numpy's matrix library gain nothing on small matrices,
take processors from other workers, and change the last digits of the model's figures with their number.
"""

from __future__ import annotations

import importlib
import os
import sys
from types import ModuleType


def import_spacy() -> None:
    """Import spaCy, if nobody has, without ``spacy.cli``; a later ``import spacy.cli`` gives the real thing.

    numpy's threads are set to one where the environment does not say otherwise; worker processes inherit that.

    Only our own processes do this; a program that uses Dateline as a library gets spaCy as it is.
    """
    if "spacy" in sys.modules:
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported
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
