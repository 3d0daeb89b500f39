from __future__ import annotations

import subprocess
import sys


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_spacy_comes_without_its_command_line_and_its_network_clients() -> None:
    found = run(
        "import sys; from pipeline.lean import import_spacy; import_spacy(); import_spacy(); import spacy\n"
        "print([name for name in ('spacy.cli', 'requests', 'weasel') if name in sys.modules], spacy.blank('en'))"
    )
    assert found.startswith("[] <spacy.lang.en.English")


def test_matrices_take_one_thread_unless_the_environment_says_otherwise() -> None:
    code = "from pipeline.lean import import_spacy; import_spacy(); print(os.environ['OPENBLAS_NUM_THREADS'])"
    assert run(f"import os; os.environ.pop('OPENBLAS_NUM_THREADS', None); {code}") == "1\n"
    assert run(f"import os; os.environ['OPENBLAS_NUM_THREADS'] = '3'; {code}") == "3\n"


def test_command_line_of_spacy_is_there_for_whoever_asks() -> None:
    found = run(
        "from pipeline.lean import import_spacy; import_spacy(); import spacy\n"
        "print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)\n"
        "import spacy.cli; print(spacy.cli.download)"
    )
    assert found.startswith("True\n<function download")
