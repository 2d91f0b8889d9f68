"""Annotated digests -> stretches of text whose gold terms are found again word by word.

The annotations name terms for a whole document. Here every occurrence of a name or alias in the text becomes a labelled run of
words (case, hyphens and plurals folded; the longest name first), and the role that a term plays for a paper is laid on its
occurrences inside the text about that paper. Names that are not found verbatim are left out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from kg.extract.terms.recognizer import KINDS, ROLES, Stretch
from kg.model import Kind, Span

GOLD_KINDS = {"method": Kind.TECHNIQUE, "dataset": Kind.BENCHMARK}
GOLD_ROLES = {"compares_with": "comparesWith", "evaluates_on": "evaluatesOn"}
_WORD = re.compile(r"[\w+@&/δλ.]+")
_ROW = re.compile(r"^\|\s*\d+\)\s*\**(.+?)\**\s+-\s+(.*?)\s*\|\s*\[", re.MULTILINE)
_ENTRY = re.compile(r"^\d\d \[\w+\] ")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_DRAWN = re.compile(r"[─│▼►┌└┘┐├]|\S {3,}\S")


@dataclass(frozen=True, slots=True)
class Term:
    """A gold term found in the text. ``roles`` are shares over ``ROLES``; empty where the text is about no one paper."""

    span: Span
    kind: int
    roles: tuple[float, ...]


@dataclass(slots=True)
class Digest:
    """One annotated document, cut into stretches, each with its gold terms."""

    name: str
    text: str
    stretches: list[tuple[Stretch, list[Term]]]
    papers: list[str | None]  # the gold paper of each stretch
    names: list[set[str]] = field(default_factory=list)  # normalised names of each gold term
    kinds: list[str] = field(default_factory=list)  # the kind of each gold term
    linked: set[str] = field(default_factory=set)  # normalised names of terms that some paper is tied to
    roles: set[tuple[str, str, str]] = field(default_factory=set)  # (paper, role, normalised name)


def normalize(name: str) -> str:
    """The form in which the scorer of the annotations compares names."""
    text = unicodedata.normalize("NFKD", name).lower()
    text = re.sub(r"[^\w+@&/δλ.]+", " ", text).strip(" .")
    text = re.sub(r"^(the|a|an) ", "", text)
    text = re.sub(r" (paper|papers|preprint)$", "", text)
    return " ".join(w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in text.split())


def load_digests(folder: Path, texts: Path) -> list[Digest]:
    """All annotated documents of a folder; their texts lie in ``texts`` under the name that the annotation gives."""
    return [_load(json.loads(f.read_text("utf-8")), texts) for f in sorted(folder.glob("*.json"))]


def _load(gold: dict, texts: Path) -> Digest:
    raw = (texts / gold["doc"]).read_text("utf-8")
    if gold["doc"].startswith("weekly"):
        parts = read_rows(raw)
    elif gold["doc"].startswith("abstracts"):
        parts = [p.partition("\n")[::2] for p in raw.split("## ")[1:]]
    else:
        parts = _lines(raw, gold["papers"])
    digest = Digest(gold["doc"], "", [], [])
    digest.names = [{normalize(n) for n in [t["name"], *t["aliases"]]} - {""} for t in gold["techniques"]]
    digest.kinds = [GOLD_KINDS.get(t["kind"], t["kind"]) for t in gold["techniques"]]
    digest.linked = {normalize(n) for _, _, n in gold["paper_technique"]}
    digest.roles = {(p, GOLD_ROLES.get(r, r), normalize(n)) for p, r, n in gold["paper_technique"]}
    patterns = _patterns(gold["techniques"])
    for title, body in parts:
        start = len(digest.text)
        digest.text += f"{title}\n{body}\n"
        paper = _paper_of(title, gold["papers"])
        spans = cut_sentences(digest.text, start)
        stretch = Stretch(title, tuple(spans))
        digest.stretches.append((stretch, _terms(digest, spans, patterns, paper, gold)))
        digest.papers.append(paper)
    return digest


def read_rows(raw: str) -> list[tuple[str, str]]:
    """(title, text) of each row of a weekly list."""
    return [(m[1].replace("*", "").strip(), re.sub(r"<br>|\*\*", " ", m[2])) for m in _ROW.finditer(raw)]


def _lines(raw: str, papers: list[dict]) -> list[tuple[str, str]]:
    """One stretch a line of running text; lines below the heading of a deep dive are about its paper."""
    found: list[tuple[str, str]] = []
    current = ""
    starts = sorted(((n, p) for p in papers for n in _paper_names(p)), key=lambda x: -len(x[0]))
    for line in raw.splitlines():
        line = _ENTRY.sub("", line.strip()).lstrip("- ")
        own = next((name for name, _ in starts if len(name) > 4 and line.startswith(name)), None)
        if own and line[len(own) : len(own) + 1] == ":" and len(line) < 130:
            current = own
        elif len(line.split()) <= 4:
            current = ""
        if _DRAWN.search(line) or len(line.split()) < 5:
            continue
        title = own or current
        body = line[len(own) :].strip() if own else line
        found.append((title, body))
    return found


def _paper_names(paper: dict) -> list[str]:
    return [n for n in (paper["title"], paper["name"], *paper["aliases"]) if n]


def _paper_of(title: str, papers: list[dict]) -> str | None:
    wanted = normalize(title)
    return next((p["id"] for p in papers if wanted and wanted in map(normalize, _paper_names(p))), None)


def cut_sentences(text: str, start: int) -> list[Span]:
    """The sentences, lines and clauses of the text from ``start`` on, links left out."""
    spans = []
    for line in re.finditer(r"[^\n]+", text[start:]):
        if line[0].startswith("http"):
            continue
        at = start + line.start()
        for piece in _SENTENCE.split(line[0]):
            a = text.index(piece, at)
            at = a + len(piece)
            if piece.strip():
                spans.append(Span(a, at))
    return spans


def _patterns(terms: list[dict]) -> dict[str, list[tuple[list[str], str, dict]]]:
    """First word of each name -> (its words, its surface, its term), the longest first."""
    found: dict[str, list[tuple[list[str], str, dict]]] = defaultdict(list)
    for term in terms:
        for surface in [term["name"], *term["aliases"]]:
            words = normalize(surface).split()
            if words:
                found[words[0]].append((words, surface, term))
    for options in found.values():
        options.sort(key=lambda x: (-len(x[0]), x[1]))
    return found


def _terms(digest: Digest, spans: list[Span], patterns: dict, paper: str | None, gold: dict) -> list[Term]:
    found = []
    for span in spans:
        words = [
            (m[0].strip("."), span.start + m.start(), span.start + m.start() + len(m[0].rstrip(".")))
            for m in _WORD.finditer(span.of(digest.text))
        ]
        keys = [normalize(w) or w.lower() for w, _, _ in words]
        i = 0
        while i < len(words):
            hit = next(
                (o for o in patterns.get(keys[i], ()) if keys[i : i + len(o[0])] == o[0] and _same_case(o[1], words[i][0])),
                None,
            )
            if hit is None:
                i += 1
                continue
            size, term = len(hit[0]), hit[2]
            kind = KINDS.index(GOLD_KINDS.get(term["kind"]) or Kind(term["kind"]))
            found.append(Term(Span(words[i][1], words[i + size - 1][2]), kind, _shares(digest, paper, term)))
            i += size
    return found


def _same_case(surface: str, word: str) -> bool:
    """Acronyms match only as written: MATH is not math."""
    return not (surface.isupper() and len(surface) <= 6 and surface.isalnum()) or word.rstrip("s") == surface.rstrip("s")


def _shares(digest: Digest, paper: str | None, term: dict) -> tuple[float, ...]:
    if paper is None:
        return ()
    names = {normalize(n) for n in [term["name"], *term["aliases"]]}
    played = {r for p, r, n in digest.roles if p == paper and n in names}
    if not played:
        return tuple(float(i == 0) for i in range(len(ROLES)))
    return tuple(1 / len(played) if r is not None and r.value in played else 0.0 for r in ROLES)
