"""Titles by their typography: where a title ends that runs into its first sentence, and runs of title case in prose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Span

#: Words that stay small inside a title.
SMALL_WORDS = frozenset(
    [
        "a",
        "about",
        "across",
        "after",
        "against",
        "along",
        "among",
        "an",
        "and",
        "around",
        "are",
        "as",
        "at",
        "be",
        "before",
        "between",
        "but",
        "by",
        "can",
        "de",
        "do",
        "does",
        "during",
        "for",
        "from",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "la",
        "nor",
        "of",
        "off",
        "on",
        "onto",
        "or",
        "out",
        "over",
        "per",
        "than",
        "that",
        "the",
        "their",
        "through",
        "to",
        "toward",
        "towards",
        "under",
        "up",
        "upon",
        "via",
        "vs",
        "vs.",
        "versus",
        "was",
        "when",
        "while",
        "with",
        "within",
        "without",
        "your",
        "we",
        "you",
        "our",
        "&",
        "+",
        "–",
        "—",
        "-",
        "|",
        "not",
    ]
)
#: Words that, capitalised in mid-title, rather begin the sentence after it.
_OPENERS = frozenset(
    [
        "A",
        "An",
        "The",
        "This",
        "That",
        "These",
        "Those",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "With",
        "Without",
        "When",
        "While",
        "If",
        "As",
        "Instead",
        "Most",
        "Existing",
        "Current",
        "Standard",
        "Our",
        "We",
        "It",
        "Although",
        "Because",
        "Since",
        "Unlike",
        "Rather",
        "Given",
        "After",
        "Before",
        "Despite",
        "Across",
        "Under",
        "Many",
        "Some",
        "All",
        "Each",
        "Every",
        "No",
        "Not",
        "Even",
        "Recent",
    ]
)
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"^[\d$€£~±+\-][\w.,%×:/\-]*$")
_HALF_CAPITAL = re.compile(r"[A-Z][a-z]{2,}-[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space, and whether it looks like a word of a title."""

    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        return self.text.strip("([{\"'“‘*_`,.;:!?)]}”’")

    @property
    def small(self) -> bool:
        return self.bare in SMALL_WORDS

    @property
    def capital(self) -> bool:
        """Starts with a capital or a symbol, or has one inside (gpt-J): a title's content word."""
        bare = self.bare
        return bool(bare) and (bare[0].isupper() or any(c.isupper() for c in bare[1:]) or bool(_NUMBER.match(bare)))


def words_in(text: str, span: Span) -> list[Word]:
    """The white-space separated words of ``span``."""
    return [Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(text, span.start, span.end)]


def split_title(text: str, span: Span) -> int | None:
    """Where the first sentence starts in text whose title runs into it without a mark, or None when no seam is seen.

    "Trust Region Distillation Standard distillation breaks when ..." -> the offset of "Standard": the last capitalised word
    before the first word that no title would write small.
    """
    words = words_in(text, span)
    for k, word in enumerate(words):
        if k and _full_stop(words[k - 1]) and word.capital:
            return word.start
        if word.capital or word.small or not any(c.isalpha() for c in word.bare):
            continue
        seam = k - 1
        while seam > 0 and not words[seam].capital:
            seam -= 1
        while seam > 1 and _opens_sentence(words[seam - 1].text) and words[seam - 2].text[-1] not in ":-–":
            seam -= 1
        return words[seam].start if seam > 0 else None
    return None


def _full_stop(word: Word) -> bool:
    """Whether a sentence ends with a word: "Optimization.", not "vs." or "J."."""
    return word.text.endswith(".") and len(word.bare) > 3 and word.bare.isalpha()


def _opens_sentence(word: str) -> bool:
    """Whether a capitalised word rather begins the sentence behind a title: "The", or "High-resolution", whose second part a
    title would capitalise too."""
    return word in _OPENERS or _HALF_CAPITAL.fullmatch(word) is not None


def looks_like_title(name: str) -> bool:
    """Whether a name is a full title rather than a short name: five words or more, or a colon, a comma or a small word between
    capitalised ones ("Geometric Recall in Transformers")."""
    words = name.split()
    if len(words) < 3:
        return False
    if words[0].endswith("ing") and len(words[0]) > 5:
        return True  # "Unifying Models and Graphs" tells what was done
    inner = any(w in SMALL_WORDS for w in words[1:-1])
    return len(words) >= 5 or inner or any(w.endswith((":", ",")) for w in words[:-1])


def is_title_case(name: str) -> bool:
    """Whether all content words but at most one are capitalised."""
    content = [w for w in words_in(name, Span(0, len(name))) if not w.small]
    return bool(content) and sum(not w.capital for w in content) <= (1 if len(content) > 4 else 0)


def title_runs(text: str, span: Span, *, least: int = 4) -> list[Span]:
    """Runs of title case in a sentence with at least ``least`` capitalised words; a colon may join two parts of one title.

    Runs end at other punctuation, at a word that a title would capitalise but the text does not, before trailing small words.
    """
    found: list[Span] = []
    run: list[Word] = []
    for word in [*words_in(text, span), None]:
        opens = word is not None and word.text[0] in '([{"“'
        if word is not None and (word.capital or (run and word.small)) and not (run and (_closes(run[-1]) or opens)):
            run.append(word)
            continue
        found += _as_run(text, run, least)
        run = [word] if word is not None and word.capital else []
    return found


def _closes(word: Word) -> bool:
    return word.text[-1] in ',.;!)]”"' and word.bare not in ("vs",)


def _as_run(text: str, run: list[Word], least: int) -> list[Span]:
    while run and run[-1].small:
        run.pop()
    while len(run) > 1 and run[0].text in ("The", "A", "An", "In", "On", "This", "One", "Another") and not run[1].capital:
        if run[0].text == "On" and run[1].text == "the" and any(w.text == "of" for w in run):
            break  # "On the Limits of Sails"
        run.pop(0)
    if sum(w.capital for w in run) < least - any(w.small and w.bare not in ("and", "&") for w in run) or not any(
        w.bare.isalpha() and not w.bare.isupper() for w in run
    ):
        return []
    start, end = run[0].start, run[-1].end
    while start < end and text[start] in "([{\"'“‘*_`":
        start += 1
    while end > start and text[end - 1] in "\"'”’*_`,.;:)]}":
        end -= 1
    return [Span(start, end)]
