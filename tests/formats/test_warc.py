from __future__ import annotations

import gzip
import io
import zlib
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.articles import Failure, RawArticle
from pipeline.formats import base

PAGE = """<html><head><meta property="article:published_time" content="2020-08-27"></head><body><article>
<p>Ten people were hurt in a blast in {where} on Monday, officials said at the scene.</p>
<p>Nobody had claimed the attack by the evening, and the road was closed.</p></article></body></html>"""
QAMISHLI = PAGE.format(where="Qamishli").encode()


def response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    fields = [f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html; charset=utf-8",)), "", ""]
    return "\r\n".join(fields).encode() + body


def record(payload: bytes, kind: str = "response", *extra: str, url: str = "https://news.example/1") -> bytes:
    fields = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Record-ID: <urn:uuid:1>", f"WARC-Target-URI: {url}", *extra]
    fields += ["Content-Type: application/http; msgtype=response", f"Content-Length: {len(payload)}", "", ""]
    return "\r\n".join(fields).encode() + payload + b"\r\n\r\n"


INFO = record(b"software: test\r\n", "warcinfo")


def one(found: list[Any]) -> RawArticle:
    (article,) = found
    assert isinstance(article, RawArticle), article
    return article


def reasons(found: list[Any]) -> list[str]:
    return [item.reason if isinstance(item, Failure) else "read" for item in found]


def test_page_of_a_crawl_has_its_address_and_the_date_that_it_states(read_bytes: Callable[..., Any]) -> None:
    found = one(read_bytes("crawl.warc", INFO + record(response(QAMISHLI))))
    assert (found.id, found.path) == ("crawl.warc#2", "crawl.warc")
    assert (found.url, found.source, found.published) == ("https://news.example/1", "news.example", "2020-08-27")
    assert found.text.startswith("Ten people were hurt in a blast in Qamishli")


def test_date_of_the_crawl_is_no_date_of_publication(read_bytes: Callable[..., Any]) -> None:
    payload = response(
        QAMISHLI.replace(b"article:published_time", b"x"),
        "Content-Type: text/html",
        "Date: Thu, 27 Aug 2020 10:00:00 GMT",
        "Last-Modified: Thu, 27 Aug 2020 10:00:00 GMT",
    )
    found = one(read_bytes("crawl.warc", record(payload, "response", "WARC-Date: 2020-08-28T00:00:00Z")))
    assert found.published is None


@pytest.mark.parametrize("whole", [True, False])
def test_compressed_crawl_is_read_record_by_record_or_as_one_stream(
    read_bytes: Callable[..., Any], whole: bool
) -> None:
    records = [INFO, record(response(QAMISHLI)), record(response(PAGE.format(where="Homs").encode()))]
    data = gzip.compress(b"".join(records)) if whole else b"".join(map(gzip.compress, records))
    assert [item.id for item in read_bytes("crawl.warc.gz", data)] == ["crawl.warc.gz#2", "crawl.warc.gz#3"]


def test_other_records_are_skipped_and_counted_by_reason(read_bytes: Callable[..., Any]) -> None:
    skipped: Counter[str] = Counter()
    records = [
        INFO,
        record(b"GET / HTTP/1.1\r\n\r\n", "request"),
        record(response(b"", "Location: /2", status="302 Found")),
        record(response(b"\x89PNG", "Content-Type: image/png")),
        record(response(b"gone", status="404 Not Found")),
        record(response(QAMISHLI)),
    ]
    one(read_bytes("crawl.warc", b"".join(records), skipped))
    assert skipped == {"not_a_response": 2, "not_status_200": 2, "not_html": 1}


def test_crawl_without_a_page_is_empty(read_bytes: Callable[..., Any]) -> None:
    assert reasons(read_bytes("crawl.warc", INFO)) == ["empty"]


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (chunked(QAMISHLI), "Transfer-Encoding: chunked"),
        (QAMISHLI, "Transfer-Encoding: chunked"),
        (gzip.compress(QAMISHLI), "Content-Encoding: gzip"),
        (QAMISHLI, "Content-Encoding: gzip"),
        (zlib.compress(QAMISHLI), "Content-Encoding: deflate"),
        (zlib.compress(QAMISHLI, wbits=-15), "Content-Encoding: deflate"),
        (QAMISHLI, "Content-Encoding: br"),
        (QAMISHLI, "Content-Length: 5"),
    ],
)
def test_page_is_unpacked_as_it_was_sent_or_as_it_was_kept(
    read_bytes: Callable[..., Any], body: bytes, header: str
) -> None:
    found = one(read_bytes("crawl.warc", record(response(body, "Content-Type: text/html", header))))
    assert found.text.endswith("the road was closed.")


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (chunked(QAMISHLI)[:-40], "Transfer-Encoding: chunked"),
        (gzip.compress(QAMISHLI)[:-40], "Content-Encoding: gzip"),
        (b"\x8b\x03\x80", "Content-Encoding: br"),
    ],
)
def test_page_that_is_cut_off_or_packed_otherwise_fails_and_the_next_is_read(
    read_bytes: Callable[..., Any], body: bytes, header: str
) -> None:
    data = record(response(body, "Content-Type: text/html", header)) + record(response(QAMISHLI))
    assert reasons(read_bytes("crawl.warc", data)) == ["unreadable", "read"]


def test_charset_of_the_server_counts(read_bytes: Callable[..., Any]) -> None:
    arabic = "قتل عشرة أشخاص في انفجار سيارة في مدينة القامشلي يوم الاثنين حسب مسؤولين في المدينة"
    body = f"<html><body><article><p>{arabic}</p></article></body></html>".encode("windows-1256")
    found = one(read_bytes("crawl.warc", record(response(body, "Content-Type: text/html; charset=windows-1256"))))
    assert found.text == arabic
    assert found.notices == ()


def test_page_that_the_crawler_cut_short_says_so(read_bytes: Callable[..., Any]) -> None:
    found = one(read_bytes("crawl.warc", record(response(QAMISHLI), "response", "WARC-Truncated: length")))
    assert [notice.code for notice in found.notices] == ["truncated"]


def test_crawl_that_ends_within_a_record_keeps_what_came_before(read_bytes: Callable[..., Any]) -> None:
    data = record(response(QAMISHLI)) + record(response(PAGE.format(where="Homs").encode()))[:-60]
    found = read_bytes("crawl.warc", data)
    assert reasons(found) == ["read", "unreadable"]
    assert "middle" in found[1].message
    packed = gzip.compress(record(response(QAMISHLI))) + gzip.compress(record(response(QAMISHLI)))[:-60]
    assert reasons(read_bytes("crawl.warc.gz", packed)) == ["read", "unreadable"]


def test_damage_between_records_is_told_and_nothing_is_printed(
    read_bytes: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    good = record(response(QAMISHLI))
    longer, shorter = (good.replace(b"Content-Length: ", b"Content-Length: " + digit) for digit in (b"1", b"0"))
    nameless = good.replace(b"Content-Length", b"Content-Width")
    assert reasons(read_bytes("crawl.warc", good + b"rubbish\r\n\r\n" + good)) == ["read", "unreadable", "read"]
    assert reasons(read_bytes("crawl.warc", good + nameless + good)) == ["read", "unreadable", "unreadable", "read"]
    assert reasons(read_bytes("crawl.warc", good + longer)) == ["read", "unreadable"]
    assert reasons(read_bytes("crawl.warc", shorter + good)) == ["read", "read"]
    assert capfd.readouterr() == ("", "")


def test_file_that_is_no_warc_is_one_failure(read_bytes: Callable[..., Any]) -> None:
    assert reasons(read_bytes("crawl.warc", b"not a crawl\r\nat all\r\n")) == ["unreadable"]


def test_record_that_is_too_large_is_refused_and_the_next_is_read(
    read_bytes: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MAX_BYTES", 2000)
    packed = gzip.compress(b"<p>" + b"x" * 5000)
    records = [
        record(response(b"x" * 3000)),
        record(response(packed, "Content-Type: text/html", "Content-Encoding: gzip")),
    ]
    assert reasons(read_bytes("crawl.warc", b"".join(records) + record(response(QAMISHLI)))) == [
        "too_long",
        "too_long",
        "read",
    ]


def test_what_warcio_writes_is_read(read_bytes: Callable[..., Any]) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out, payload = io.BytesIO(), io.BytesIO(QAMISHLI)
    writer = WARCWriter(out, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
    made = writer.create_warc_record("https://news.example/x", "response", payload=payload, http_headers=headers)
    writer.write_record(made)
    made.raw_stream.close()
    assert one(read_bytes("crawl.warc.gz", out.getvalue())).url == "https://news.example/x"
