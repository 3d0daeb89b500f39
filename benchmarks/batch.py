"""Speed, start-up, length, memory, workers and disturbances: ``python -m benchmarks.batch [NAME ...] [--articles N]``.

Every measurement but speed is of the command ``dateline run`` in processes of its own, over the articles of
``corpus/articles`` repeated under ids of their own. Tables go to stdout and, with ``--write``, between the marks of
this file in ``benchmarks/RESULTS.md``; curves go into ``benchmarks/`` where matplotlib is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice, repeat
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.speed import measure
from pipeline.articles import RawArticle
from pipeline.config import load_config
from pipeline.io import read_articles

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BEGIN, END = "<!-- batch: begin -->", "<!-- batch: end -->"
SYLLABLES = ("ba", "dor", "ka", "lim", "mu", "nas", "ri", "sho", "tan", "ul", "ver", "zay")
MAX_CHARS = 20_000  # the limit under which articles are too long on purpose
LENGTHS = (1_000, 4_000, 16_000, 64_000, 200_000, 1_000_000)


@dataclass
class Table:
    """A table of a benchmark, with the columns that its curve shows."""

    title: str
    header: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)
    curve: tuple[int, int] | None = None

    def markdown(self) -> str:
        """The table as it stands in RESULTS.md."""
        lines = [f"### {self.title}", "", "| " + " | ".join(self.header) + " |", "|" + "--:|" * len(self.header)]
        return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in self.rows)])


def own_texts() -> list[str]:
    """The texts of the corpus that ships."""
    return [item.text for item in read_articles(ROOT / "corpus" / "articles") if isinstance(item, RawArticle)]


def new_texts(chars: int = 150) -> Iterator[str]:
    """Texts without end, no two alike: sentences of the corpus, and names that occur in no other text.

    A store of strings that is never emptied, or a cache without a limit, grows with them.
    """
    chance = Random(1)  # noqa: S311  # no secret
    sentences = [found for text in own_texts() for found in re.findall(r"[A-Z][^\n]{40,200}?\.(?=\s)", text)]

    def name() -> str:
        return "".join(chance.choices(SYLLABLES, k=4)).capitalize()

    while True:
        text = f"{chance.randint(2, 60)} people from {name()} met {name()} {name()} in {name()} on Monday."
        while len(text) < chars:
            text += f" {chance.choice(sentences)}"
        yield text


def write_articles(path: Path, texts: Iterable[str], number: int, *, bad: int = 0) -> None:
    """``number`` articles, ``bad`` of them, evenly spread, in ways that cannot be read."""
    lines = (
        b'{"text": ""}',
        b'{"text": " \\n "}',
        b'{"text": 5}',
        b'{"text": "cut',
        b"[]",
        b'{"title": "no text"}',
        b"\0\1\2 no text at all",
        b'{"text": "%s"}' % (b"Ten people died. " * (MAX_CHARS // 17 + 1)),
    )
    damage = cycle(lines)
    every = number // bad if bad else 0
    with path.open("wb") as file:
        for count, text in enumerate(islice(texts, number)):
            broken = bad and count % every == every - 1
            file.write((next(damage) if broken else json.dumps({"id": f"a{count}", "text": text}).encode()) + b"\n")


def command(source: Path, out: Path, *more: str) -> list[str]:
    """``dateline run`` as a command line."""
    return [sys.executable, "-m", "pipeline", "run", str(source), "-o", str(out), *more]


def start(source: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """The command, running."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command(source, out, *more), cwd=ROOT, stdout=quiet, stderr=quiet)  # noqa: S603  # ours


def peaks(process: subprocess.Popen[bytes]) -> list[int]:
    """Peak resident memory of the command and of its workers in MB, the command first; waits for its end."""
    found: dict[int, int] = {}
    while process.poll() is None:
        for pid in (process.pid, *children(process.pid)):
            found[pid] = max(found.get(pid, 0), _peak(pid))
        time.sleep(0.2)
    return [
        found.get(process.pid, 0),
        *sorted((peak for pid, peak in found.items() if pid != process.pid), reverse=True),
    ]


def processor() -> float:
    """Processor seconds of all commands that have ended: what they take whatever else the machine does."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _peak(pid: int) -> int:
    return _memory(pid, "VmHWM")


def _memory(pid: int, key: str) -> int:
    """One of the kernel's figures of a process's memory in MB, 0 for a process that has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith(key)), 0)


def _used(pid: int) -> float:
    """Processor seconds of a process that runs."""
    try:
        user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()[11:13]
    except OSError:
        return 0.0
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def speed(_folder: Path, _number: int) -> Iterator[Table]:
    """Paired runs in one process, as ``python -m benchmarks.speed``; processor time."""
    read = [item for item in read_articles(ROOT / "corpus" / "articles") if isinstance(item, RawArticle)]
    found = measure(load_config(ROOT / "config.yaml"), read, copies=10, repeat=5)
    characters = 10 * sum(len(item.text) for item in read)
    table = Table("Speed, medians of five paired runs", ("system", "processor s", "characters/s", "Dateline ÷ it"))
    for name in found.runs:
        seconds = found.median(name)
        ratio = f"{statistics.median(found.ratios(name)):.2f}"
        table.rows.append((name, f"{seconds:.2f}", f"{characters / seconds:,.0f}", ratio))
    yield table
    parts = Table("Where the time goes", ("component", "share"))
    total = sum(found.components.values())
    parts.rows += [(name, f"{spent / total:.1%}") for name, spent in found.components.items()]
    yield parts


def startup(folder: Path, _number: int) -> Iterator[Table]:
    """``--help`` and one short article: wall clock, best and median of five, and processor time."""
    table = Table("Start-up", ("command", "best, s", "median, s", "processor, s"))
    write_articles(folder / "one.jsonl", ["Ten people were killed in Raqqa on Monday."], 1)
    for name, words in (
        ("dateline --help", [sys.executable, "-m", "pipeline", "--help"]),
        ("dateline run, one short article", command(folder / "one.jsonl", folder / "one", "--fresh")),
    ):
        seconds, used = [], processor()
        for _ in range(5):
            begun = time.perf_counter()
            subprocess.run(words, cwd=ROOT, capture_output=True, check=True)  # noqa: S603  # our own command
            seconds.append(time.perf_counter() - begun)
        used = (processor() - used) / len(seconds)
        table.rows.append((name, f"{min(seconds):.2f}", f"{statistics.median(seconds):.2f}", f"{used:.2f}"))
    yield table


def length(folder: Path, _number: int) -> Iterator[Table]:
    """A text of a million characters, in articles of each length: processor seconds less those of the start."""
    table = Table(
        "Cost against length",
        ("characters", "articles", "processor s", "µs a character", "peak, MB", "share of the dearest stages"),
        curve=(0, 3),
    )
    base = "\n\n".join(own_texts()) + "\n\n"
    write_articles(folder / "long.jsonl", ["Ten people were killed in Raqqa on Monday."], 1)
    begun = processor()
    start(folder / "long.jsonl", folder / "long", "--fresh").wait()
    starting = processor() - begun
    for chars in LENGTHS:
        number = min(100, LENGTHS[-1] // chars)
        write_articles(folder / "long.jsonl", repeat((base * (chars // len(base) + 1))[:chars]), number)
        begun = processor()
        (peak, *_) = peaks(start(folder / "long.jsonl", folder / "long", "--fresh", "--set", "run.timeout_s=null"))
        seconds = processor() - begun - starting
        spent = _stats(folder / "long")["seconds_by_stage"]
        dearest = sorted(spent.items(), key=lambda pair: -pair[1])[:3]
        told = ", ".join(f"{name} {share / sum(spent.values()):.0%}" for name, share in dearest)
        each = f"{1e6 * seconds / chars / number:.0f}"
        table.rows.append((chars, number, f"{seconds:.1f}", each, peak, told))
    yield table


def memory(folder: Path, number: int) -> Iterator[Table]:
    """Memory of one process after a hundredth of the articles, a tenth and so on: short articles, no two alike."""
    header = ("articles", "resident, MB", "highest so far, MB", "processor ms an article since the last")
    table = Table("Memory, one process", header, curve=(0, 1))
    write_articles(folder / "many.jsonl", new_texts(), number)
    process = start(folder / "many.jsonl", folder / "many", "--fresh")
    journal = folder / "many" / ".partial" / "journal.jsonl"
    before, used = 0, 0.0
    for size in sorted({number // share for share in (100, 50, 20, 10, 5, 2, 1)}):
        # the last batches are written just before the process ends
        while process.poll() is None and _done(journal) < min(size, number - 64):
            time.sleep(0.1)
        done, now = _done(journal), _used(process.pid)
        if done > before:
            each = f"{1000 * (now - used) / (done - before):.1f}"
            table.rows.append((done, _memory(process.pid, "VmRSS"), _memory(process.pid, "VmHWM"), each))
            before, used = done, now
    process.wait()
    yield table


def workers(folder: Path, number: int) -> Iterator[Table]:
    """The same articles with one process and with workers, start-up included."""
    header = ("workers", "seconds", "times one", "processor s", "first process, MB", "each worker, MB")
    table = Table("Workers", header, curve=(0, 2))
    write_articles(folder / "many.jsonl", cycle(own_texts()), number)
    one = 0.0
    for count in (1, 2, 4, 8, 16):
        if count > max(2, len(os.sched_getaffinity(0))):
            break
        begun, used = time.perf_counter(), processor()
        first, *others = peaks(start(folder / "many.jsonl", folder / "many", "--fresh", "--workers", str(count)))
        seconds = time.perf_counter() - begun
        one = one or seconds
        each = max(others[:count], default="–")
        used = processor() - used
        table.rows.append((count, f"{seconds:.1f}", f"{one / seconds:.2f}", f"{used:.1f}", first, each))
    yield table


def disturbed(folder: Path, number: int) -> Iterator[Table]:
    """One in twenty articles bad, two workers killed, then the run itself; the same command again; compared."""
    write_articles(folder / "many.jsonl", new_texts(), number, bad=number // 20)
    more = ("--workers", "2", "--set", f"run.max_chars={MAX_CHARS}")
    start(folder / "many.jsonl", folder / "undisturbed", *more).wait()
    process = start(folder / "many.jsonl", folder / "disturbed", *more)
    journal = folder / "disturbed" / ".partial" / "journal.jsonl"
    for share in (0.2, 0.4, 0.6):
        while process.poll() is None and _done(journal) < share * number:
            time.sleep(0.05)
        # the helper of multiprocessing that is not a worker has the least memory
        victims = sorted(children(process.pid), key=_peak)
        os.kill(process.pid if share > 0.5 or not victims else victims[-1], signal.SIGKILL)
    process.wait()
    kept = _done(journal)
    again = command(folder / "many.jsonl", folder / "disturbed", *more)
    done = subprocess.run(again, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    if done.returncode > 1:  # 1 says that some articles failed
        raise RuntimeError(f"the run could not be resumed: {done.stderr}")
    stats = _stats(folder / "disturbed")
    names = sorted(path.name for path in (folder / "undisturbed").iterdir() if path.name != "stats.json")
    same = all(
        (folder / "disturbed" / name).read_bytes() == (folder / "undisturbed" / name).read_bytes() for name in names
    )
    table = Table(
        "Two workers and the run itself killed, then resumed",
        ("articles", "done before the kill", "records", "failures", "exit code", "same bytes as undisturbed"),
    )
    table.rows.append((number, kept, stats["records"], stats["failures"], done.returncode, "yes" if same else "NO"))
    yield table


def _done(journal: Path) -> int:
    try:
        with journal.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 20_000))
            last = file.read().rstrip(b"\n").rsplit(b"\n", 1)[-1]
        return int(json.loads(last)["state"]["counts"]["articles"])
    except (OSError, ValueError, KeyError):
        return 0


def _stats(out: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((out / "stats.json").read_text("utf-8"))
    return values


BENCHMARKS: dict[str, Callable[[Path, int], Iterator[Table]]] = {
    "speed": speed,
    "startup": startup,
    "length": length,
    "memory": memory,
    "workers": workers,
    "disturbed": disturbed,
}


def draw(table: Table, path: Path) -> None:
    """The curve of a table as a PNG, where matplotlib is installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        print(f"{path.name} was not drawn: pip install matplotlib", file=sys.stderr)
        return
    across, up = table.curve or (0, 1)
    figure = Figure(figsize=(6, 3.6), layout="constrained")
    axes = figure.subplots()
    axes.plot([float(str(row[across])) for row in table.rows], [float(str(row[up])) for row in table.rows], marker="o")
    axes.set(title=table.title, xlabel=table.header[across], ylabel=table.header[up], ylim=(0, None))
    axes.grid(alpha=0.3)
    figure.savefig(path, dpi=120)


def write_results(tables: Sequence[Table], number: int) -> None:
    """Put the tables between our marks in RESULTS.md and leave the rest as it is; older tables of other names stay."""
    path = HERE / "RESULTS.md"
    text = path.read_text("utf-8")
    if BEGIN not in text:
        text += f"\n## Batch\n\n{BEGIN}\n{END}\n"
    head, _, rest = text.partition(BEGIN)
    old, _, tail = rest.partition(END)
    sections = {part.split("\n", 1)[0]: part.rstrip() for part in old.split("### ")[1:]}
    for table in tables:
        sections[table.title] = table.markdown().removeprefix("### ")
    intro = f"`python -m benchmarks.batch --articles {number}`, {len(os.sched_getaffinity(0))} cores."
    body = "\n\n".join([intro, *(f"### {section}" for section in sections.values())])
    path.write_text(f"{head}{BEGIN}\n{body}\n{END}{tail}", encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--write", action="store_true", help="put the tables into RESULTS.md and draw the curves")
    options = parser.parse_args(argv)
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    tables: list[Table] = []
    for name in options.names or BENCHMARKS:
        with TemporaryDirectory() as folder:
            for table in BENCHMARKS[name](Path(folder), options.articles):
                print(table.markdown(), end="\n\n", flush=True)
                tables.append(table)
                if options.write and table.curve:
                    draw(table, HERE / f"{name}.png")
    if options.write:
        write_results(tables, options.articles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
