"""What a saved web page says of itself (metadata), and which of its elements hold the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kg.read.dates import find_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATE_KEYS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dc.date",
    "dcterms.date",
    "dc.date.issued",
    "date",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
)
_AUTHOR_KEYS = ("citation_author", "author", "article:author", "dc.creator", "parsely-author")
_JSON_DATE = re.compile(r'"datePublished"\s{0,5}:\s{0,5}"([^"]{4,40})"')
_ARXIV = re.compile(r"(\d{4}\.\d{4,5})")
#: Elements that never hold text of the document.
SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "iframe",
        "select",
        "input",
        "textarea",
        "head",
        "canvas",
        "audio",
        "video",
        "object",
        "dialog",
        "link",
        "meta",
    }
)
_BOXES = frozenset({"div", "section", "ul", "ol", "header", "p", "table", "details", "figure", "h2", "h3", "h4", "h5"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|side-?bar|breadcrumbs?|toc|table-of-contents|share|sharing|social|related|"
    r"comments?|disqus|cookies?|subscribe|subscription|signup|pagination|pager|post-?meta|entry-?meta|article-?meta|post-?footer|"
    r"post-?nav|entry-?footer|post-?copyright|tags|tag-list|copyright|advert\w{0,12}|promo|popup|modal|banner|footer|site-?header|"
    r"masthead|sr-only|visually-hidden|screen-reader-text|skip-link|back-to-top|recommended|read-?next|author-?bio|reward)(?:$|[\s_-])",
    re.I,
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog", "toolbar"})
_CONTENT = re.compile(
    r"(?:^|[\s_-])(?:post-body|post-content|entry-content|article-body|article-content|articlebody|markdown-body|main-content|"
    r"post__content|body-markup|available-content|single-content|prose)(?:$|[\s_-])",
    re.I,
)


@dataclass(slots=True)
class PageFacts:
    """What the head of a page states."""

    title: str = ""
    publication: str = ""
    date: date | None = None
    url: str = ""
    metadata: list[tuple[str, str]] = field(default_factory=list)


def read_facts(root: HtmlElement) -> PageFacts:
    """Title, site, date, address, authors and arXiv id from the page's metadata."""
    pairs: list[tuple[str, str]] = []
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = " ".join((meta.get("content") or "").split())[:1000]
        if key and value:
            pairs.append((key.casefold(), value))
    known = dict(reversed(pairs))
    shown = " ".join((root.findtext(".//title") or "").split())[:500]
    facts = PageFacts(known.get("citation_title") or known.get("og:title") or known.get("twitter:title") or "")
    facts.publication = known.get("og:site_name") or known.get("application-name") or _site(shown, facts.title)
    facts.title = facts.title or (shown.removesuffix(facts.publication).rstrip(" -–—|·") if facts.publication else shown)
    canonical = next((k.get("href") for k in root.iter("link") if (k.get("rel") or "").casefold() == "canonical"), None)
    url = canonical or known.get("og:url") or ""
    facts.url = url if url.startswith("http") else ""
    facts.date = _date(root, known)
    authors = dict.fromkeys(value for key in _AUTHOR_KEYS[:1] for k, value in pairs if k == key)
    author = next((known[k] for k in _AUTHOR_KEYS if k in known), "")
    facts.metadata += [("author", a) for a in (authors or ([author] if author else []))]
    facts.metadata += [("keywords", known["keywords"])] if "keywords" in known else []
    arxiv = _ARXIV.search(known.get("citation_arxiv_id", ""))
    facts.metadata += [("arxiv", arxiv[1])] if arxiv else []
    return facts


def _site(shown: str, title: str) -> str:
    """The site's name in "Title - Site"."""
    if title and shown.startswith(title) and len(shown) > len(title):
        return shown[len(title) :].strip(" -–—|·:")
    m = re.search(r" [|·] ([^|·]{2,60})$", shown)
    return m[1] if m else ""


def _date(root: HtmlElement, known: dict[str, str]) -> date | None:
    words = [known[k] for k in _DATE_KEYS if k in known]
    words += [m[1] for s in root.iter("script") if (m := _JSON_DATE.search((s.text or "")[:100_000]))]
    words += [t.get("datetime") or "".join(t.itertext())[:80] for t in root.iter("time")][:3]
    for value in words:
        found = find_date(value.replace("/", "-"))
        if found:
            return found[0]
    return None


def is_boilerplate(element: HtmlElement, whole: int) -> bool:
    """Whether an element is navigation, a share bar, comments and the like; never one that holds a third of the page's text.

    Args:
        whole: the number of characters of all text under consideration.
    """
    tag = element.tag
    if tag in SKIPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if tag not in _BOXES:
        return False
    style = element.get("style") or ""
    marked = (
        (element.get("role") or "") in _ROLES
        or _FURNITURE.search(f"{element.get('class') or ''} {element.get('id') or ''}"[:500])
        or re.search(r"display\s{0,3}:\s{0,3}none", style[:500])
    )
    return bool(marked) and text_length(element) * 3 < whole


def text_length(element: HtmlElement) -> int:
    """Characters of text in an element, scripts left out."""
    return sum(len(t) for t in element.itertext(with_tail=False)) if element.tag not in SKIPPED else 0


def main_element(root: HtmlElement) -> tuple[HtmlElement, bool]:
    """The element that holds the page's text, and whether it holds several articles (a blog's index page)."""
    body = root.find(".//body")
    body = root if body is None else body
    whole = max(1, sum(text_length(e) for e in body.iter("p", "li", "td", "pre", "h1", "h2", "h3")))
    articles = [a for a in body.iter("article") if not any(p.tag == "article" for p in a.iterancestors())]
    if len(articles) == 1 and text_length(articles[0]) * 3 >= whole:
        return articles[0], False
    for main in (*body.iter("main"), *(e for e in body.iter("div", "section") if e.get("role") == "main")):
        if text_length(main) * 3 >= whole:
            return main, len(articles) >= 3
    if len(articles) < 2:
        for element in body.iter("div", "section"):
            marked = _CONTENT.search(f"{element.get('class') or ''} {element.get('id') or ''}"[:500])
            if marked and text_length(element) * 2 >= whole:
                return element, False
    return body, len(articles) >= 3
