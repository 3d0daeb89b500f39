"""HTML: main text, title, source, address and date of a page, and the text of a fragment.

A page's date is one that its markup states as the date of publication. Dates that stand somewhere on it (a list of
other stories, the day it was printed, "last modified") are not taken: all relative dates hang on this one, and a wrong
one is worse than none.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from pipeline.articles import Notice, iso_date
from pipeline.errors import InputError
from pipeline.formats.base import Found, Part, decode, whole

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
# names of <meta> that say when the page was published: Open Graph, Dublin Core, Parse.ly, Sailthru, Highwire and custom
_META_DATES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article.published"),
    *("datepublished", "parsely-pub-date", "sailthru.date", "citation_publication_date"),
    *("pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date"),
    *("dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date"),
)
# what systems write where they have no date: year 1 and the beginning of Unix time
_NO_DATES = {"0001-01-01", "1970-01-01"}
_URL_DATE = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)(?=/)")
# an itemprop, the old pubdate attribute, and the microformats hentry and h-entry
_MARKED_DATES = (
    "//*[@itemprop='datePublished'] | //time[@pubdate] | //*[contains(concat(' ', @class, ' '), ' dt-published ')] "
    "| //time[contains(concat(' ', @class, ' '), ' published ')]"
)
_SILENT = logging.NullHandler()
_SPACE = re.compile(r"\s+")
_DEEPEST = 20  # levels of a JSON-LD script that are looked through
_BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr html li main nav ol p pre section table tbody td th thead tr ul".split()
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "title", "head", "iframe", "svg"))


def read_html(stream: io.BufferedReader) -> Iterator[Part]:
    """``.html``: main text, title, source, address and stated date of one page, by trafilatura and the markup."""
    yield page(whole(stream))


def page(data: bytes, *, row: int | None = None, charset: str | None = None, url: str | None = None) -> Found:
    """The article of a page.

    Args:
        charset: the encoding that came with the page; it counts more than one that the page names.
        url: where the page was fetched; it counts more than an address that the page names.

    Raises:
        InputError: not text, no main text, or no HTML that can be parsed.
    """
    named = _META_CHARSET.search(data[:4096])
    text, notices = decode(data, declared=charset or (named[1].decode("ascii") if named else None))
    tree = _parsed(text)
    try:
        stated = _stated_date(tree)
        found = _main_text(tree, url)
    except Exception as error:  # a parser of other people's pages: no page may end the batch
        raise InputError("unreadable", f"the page could not be parsed: {type(error).__name__}") from error
    values = {} if found is None else found.as_dict()
    if not values.get("text"):
        raise InputError("empty", "no main text was found in the page")
    title, body = values.get("title"), values["text"]
    headline = None
    if title and body.startswith(title):
        title, headline = None, title
    address = url or values.get("url")
    if stated is None and (stated := _date_in_address(address)):
        notices += (Notice("date_from_url", "the page states no date of publication; it was taken from its address"),)
    fields = {
        # one line is one paragraph of the page, and a blank line is what parts paragraphs in every other format
        "text": body.replace("\n", "\n\n"),
        "title": title,
        "published": stated,
        "source": values.get("sitename") or values.get("hostname"),
        "url": address,
    }
    return Found(row, fields, headline, notices)


def _parsed(html: str) -> Any:
    """The tree of a page or of a piece of one; what is nested too deep is refused, where libxml2 would leave it out."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = lxml_html.document_fromstring(html.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError, RecursionError) as error:
        raise InputError("empty", "there is no HTML in it") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError("unreadable", "its elements are nested too deep to be read whole")
    return tree


def _main_text(tree: Any, url: str | None) -> Any:
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan"):  # what they have to say would go to stderr
        logging.getLogger(name).addHandler(_SILENT)
    return trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _stated_date(tree: Any) -> str | None:
    """The first readable one of the dates of publication that the markup states; else the first unreadable one."""
    unreadable = None
    for written in (*_json_ld_dates(tree), *_meta_dates(tree), *_marked_dates(tree)):
        day = iso_date(written)
        if day is not None and day not in _NO_DATES:
            return day
        if day is None:
            unreadable = unreadable or written
    return unreadable


def _meta_dates(tree: Any) -> Iterator[str]:
    stated: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower()
            if name in _META_DATES and meta.get("content").strip():
                stated.setdefault(name, meta.get("content").strip())
    yield from (stated[name] for name in _META_DATES if name in stated)


def _json_ld_dates(tree: Any) -> Iterator[str]:
    """``datePublished`` of the article that the page is; nothing where there are several and none is told to be it."""
    articles: list[dict[str, Any]] = []
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            _collect_articles(json.loads(script.text or "", strict=False), articles, _DEEPEST)
        except (ValueError, RecursionError):
            continue
    links = [link.get("href") for link in tree.iterfind(".//link[@rel='canonical']")]
    links += [meta.get("content") for meta in tree.iterfind(".//meta[@property='og:url']")]
    own = {link.rstrip("/") for link in links if link}
    chosen = [article for article in articles if own & _addresses(article)] or articles
    dates = dict.fromkeys(str(article["datePublished"]).strip() for article in chosen)
    if len(dates) == 1:
        yield from dates


def _collect_articles(value: Any, found: list[dict[str, Any]], depth: int) -> None:
    if depth == 0:
        return
    if isinstance(value, dict):
        kinds = value.get("@type")
        named = kinds if isinstance(kinds, list) else [kinds]
        if value.get("datePublished") and any(str(kind).endswith(("Article", "Posting", "Report")) for kind in named):
            found.append(value)
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            _collect_articles(inner, found, depth - 1)


def _addresses(article: dict[str, Any]) -> set[str]:
    main = article.get("mainEntityOfPage")
    named = [article.get("url"), article.get("@id"), main.get("@id") if isinstance(main, dict) else main]
    return {address.rstrip("/") for address in named if isinstance(address, str)}


def _marked_dates(tree: Any) -> Iterator[str]:
    dates = {}
    for element in tree.xpath(_MARKED_DATES):
        written = element.get("datetime") or element.get("content") or element.get("title")
        if written and written.strip():
            dates[written.strip()[:10]] = written.strip()
    # several on one page are the dates of several stories
    if len(dates) == 1:
        yield from dates.values()


def _date_in_address(url: str | None) -> str | None:
    try:
        match = _URL_DATE.search(urlsplit(url).path) if url else None
    except ValueError:
        return None
    return iso_date("-".join(match.groups())) if match else None


def fragment_text(html: str) -> str:
    """The text of a piece of HTML that is all article, such as a feed's entry; a blank line parts its blocks.

    Raises:
        InputError: nested too deep.
    """
    if not html.strip():
        return ""
    lines = [""]
    stack: list[tuple[Any, bool]] = [(_parsed(f"<div>{html}</div>"), False)]
    while stack:  # no recursion: pages may be nested as deep as they like
        element, done = stack.pop()
        if not done and isinstance(element.tag, str) and element.tag not in _UNSEEN:
            lines.extend([""] * (element.tag in _BLOCKS))
            lines[-1] += "\n" * (element.tag == "br") + _one_line(element.text)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            continue
        lines.extend([""] * (done and element.tag in _BLOCKS))
        lines[-1] += _one_line(element.tail)
    blocks = ("\n".join(" ".join(line.split()) for line in block.split("\n")).strip() for block in lines)
    return "\n\n".join(block for block in blocks if block)


def _one_line(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")
