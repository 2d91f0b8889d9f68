"""Addresses that stand in running text. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Link, Span

_URL = re.compile(
    r"(?:https?://|www\.|(?<![\w./@-])(?:arxiv\.org/(?:abs|pdf)/|doi\.org/10\.|openreview\.net/forum|github\.com/))[^\s<>\"|`{}\\]{2,2000}"
)
_ARXIV = re.compile(r"arxiv(?:\.org/(?:abs|pdf|html)/|(?<=\barxiv)[.: ]{1,2})(\d{4}\.\d{4,5})")  # in lower case
_PAPER_URL = re.compile(
    r"https?://(?:[\w-]{1,20}\.)?(?:arxiv\.org/(?:abs|pdf|html)/|openreview\.net/(?:forum|pdf)|aclanthology\.org/|doi\.org/10\.|"
    r"alphaxiv\.org/(?:abs|overview)/|huggingface\.co/papers/\d|proceedings\.|papers\.nips\.cc/|biorxiv\.org/content)",
    re.I,
)
_CLOSERS = {")": "(", "]": "[", "}": "{"}


def find_urls(text: str, start: int = 0, end: int | None = None) -> list[Link]:
    """The bare addresses in ``text[start:end]``; closing punctuation and unmatched brackets are not part of them.

    >>> find_urls("See arxiv.org/abs/2605.00001.")
    [Link(span=Span(start=4, end=28), url='https://arxiv.org/abs/2605.00001')]
    """
    found = []
    for m in _URL.finditer(text, start, len(text) if end is None else end):
        words = m[0].rstrip(".,;:!?*_'’”")
        while words and words[-1] in _CLOSERS and words.count(words[-1]) > words.count(_CLOSERS[words[-1]]):
            words = words[:-1].rstrip(".,;:!?*_'’”")
        url = words if words.startswith("http") else f"https://{words}"
        found.append(Link(Span(m.start(), m.start() + len(words)), url))
    return found


#: A line of a list of addresses, "[3] https://...", and the place that cites one, "[3]".
_LISTED = re.compile(r"^[ \t]{0,8}\[(\d{1,3})\]:? {1,4}<?(?=https?://|www\.|arxiv\.org/|doi\.org/)", re.M)
_CITED = re.compile(r"\[(\d{1,3})\](?![(\w])")


def find_numbered_links(text: str, urls: Sequence[Link]) -> list[Link]:
    """The numbers in brackets that stand for the addresses which a list below gives: "... are cut short [3].", and far below
    "[3] https://...". ``urls`` are the addresses of the text.

    >>> text = "Kites fly [1].\\n\\n[1] https://arxiv.org/abs/2605.00001"
    >>> [(k.span.of(text), k.url) for k in find_numbered_links(text, find_urls(text))]
    [('[1]', 'https://arxiv.org/abs/2605.00001')]
    """
    at = {link.span.start: link.url for link in urls}
    lines = [m for m in _LISTED.finditer(text) if m.end() in at]
    listed, places = {m[1]: at[m.end()] for m in lines}, {m.start(1) for m in lines}
    cited = _CITED.finditer(text) if listed else iter(())
    return [Link(Span(*m.span()), listed[m[1]]) for m in cited if m[1] in listed and m.start(1) not in places]


def is_paper_url(url: str) -> bool:
    """Whether an address is that of a paper or preprint."""
    return bool(_PAPER_URL.match(url))


def arxiv_ids(text: str) -> list[str]:
    """The arXiv ids that ``text`` names as such, in order, without version, each once."""
    return list(dict.fromkeys(_ARXIV.findall(text.lower())))


def arxiv_months(text: str) -> list[tuple[int, int]]:
    """The (year, month) of each arXiv id in ``text``."""
    months = ((2000 + int(i[:2]), int(i[2:4])) for i in arxiv_ids(text))
    return [(year, month) for year, month in months if 1 <= month <= 12]
