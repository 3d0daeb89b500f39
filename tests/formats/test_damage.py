"""However feeds, crawls and archives are damaged, reading ends with articles or with failures that have a reason."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.articles import REASONS, SKIPS, Failure, RawArticle
from pipeline.io import read_articles

NEWS = "At least 12 people were killed in Homs on Monday, police said. Clashes followed in Zākhō. "
HTML = f"<html><head><title>Blast</title></head><body><article><p>{NEWS}</p><p>{NEWS}</p></article></body></html>"
ITEM = f"<item><title>Blast</title><guid>g</guid><pubDate>Thu, 27 Aug 2020 10:00:00 GMT</pubDate><description>{NEWS}"
ITEMS = f"{ITEM}</description></item>" * 3
RSS = f"<?xml version='1.0'?><rss version='2.0'><channel><title>A</title>{ITEMS}</channel></rss>"
ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + HTML
FIELDS = f"WARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: {len(ANSWER.encode())}"
WARC = f"WARC/1.0\r\n{FIELDS}\r\n\r\n{ANSWER}\r\n\r\n".encode() * 3


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", NEWS)
        archive.writestr("b/c.jsonl", json.dumps({"text": NEWS}), zipfile.ZIP_DEFLATED)
        archive.writestr("d.html", HTML, zipfile.ZIP_DEFLATED)
        archive.writestr("e.rss", RSS)
    return out.getvalue()


VALID = {
    "a.rss": RSS.encode(),
    "a.warc": WARC,
    "a.warc.gz": gzip.compress(WARC[: len(WARC) // 3]) * 3,
    "a.jsonl.gz": gzip.compress((json.dumps({"text": NEWS}) + "\n").encode() * 3),
    "a.zip": _zip(),
}
rubbish = st.binary(max_size=6) | st.sampled_from(
    [b"\0", b"\r\n\r\n", b"WARC/1.0\r\n", b"<item>", b"<![CDATA[", b"<!--", b"&x;", b"PK\x01\x02", b"\xff\xff\xff\xff"]
)
edits = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 1, 4, 60]), rubbish), min_size=1, max_size=4)


def told(name: str, data: bytes) -> list[RawArticle | Failure]:
    skipped: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        found = list(read_articles(path, skipped=skipped))
    assert found
    assert len({item.id for item in found}) == len(found)
    assert all(item.reason in REASONS and item.message for item in found if isinstance(item, Failure))
    assert skipped.keys() <= SKIPS.keys()
    return found


@settings(max_examples=300, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
@given(name=st.sampled_from(sorted(VALID)), edits=edits)
def test_damaged_input_ends_as_articles_or_failures(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    data = bytearray(VALID[name])
    for where, much, instead in edits:
        at = round(where * len(data))
        data[at : at + much] = instead
    told(name, bytes(data))


@pytest.mark.parametrize("name", sorted(VALID))
def test_input_that_is_cut_anywhere_ends_as_articles_or_failures(name: str) -> None:
    data = VALID[name]
    whole = len(told(name, data))
    for cut in range(0, len(data), max(1, len(data) // 40)):
        assert len(told(name, data[:cut])) <= whole + 1


@pytest.mark.parametrize(
    ("name", "count"), [("a.rss", 3), ("a.warc", 3), ("a.warc.gz", 3), ("a.jsonl.gz", 3), ("a.zip", 6)]
)
def test_undamaged_input_is_all_articles(name: str, count: int) -> None:
    found = told(name, VALID[name])
    assert [type(item) for item in found] == [RawArticle] * count
