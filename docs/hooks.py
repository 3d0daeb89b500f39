"""Pages that stand elsewhere in the repository, where they are kept with what they speak of, taken into the site."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

PAGES = {
    "annotation.md": "corpus/README.md",
    "data.md": "models/README.md",
    "results.md": "benchmarks/RESULTS.md",
    "changelog.md": "CHANGELOG.md",
}
# links and images that lead to files of the repository: the site has their words, not their targets
_LOCAL = re.compile(r"!?\[([^\]]*)\]\((?!https?:|#)[^)]*\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of :data:`PAGES` (an event of MkDocs)."""
    root = Path(config.config_file_path).parent
    for page, source in PAGES.items():
        text = _LOCAL.sub(r"\1", (root / source).read_text("utf-8"))
        files.append(File.generated(config, page, content=text))
    return files
