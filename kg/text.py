"""Pure functions over strings: folding, slugs, acronym tests. No state, no I/O, standard library only."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w+@&/.]+")
_ARTICLE = re.compile(r"^(?:the|a|an) ")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
#: What an IRI spells out.
_SPELLED = str.maketrans(
    {
        "&": " and ",
        "+": " plus ",
        "α": "alpha",
        "β": "beta",
        "γ": "gamma",
        "δ": "delta",
        "ε": "epsilon",
        "λ": "lambda",
        "μ": "mu",
        "π": "pi",
        "σ": "sigma",
        "τ": "tau",
    }
)
#: Final s that is not a plural: "loss", "bias", "corpus", "analysis".
_NO_PLURAL = ("ss", "us", "is", "as")


def singular(word: str) -> str:
    """The word without a plural ending, by rule ("negatives" -> "negative", "policies" -> "policy", "loss" -> "loss").

    >>> [singular(w) for w in ("negatives", "policies", "loss", "bias", "benchmarks")]
    ['negative', 'policy', 'loss', 'bias', 'benchmark']
    """
    if len(word) <= 3 or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The form under which two spellings of one name are equal: case, hyphens, accents, articles and plurals folded.

    >>> fold("The On-Policy Distillations"), fold("hard-negatives"), fold("δ-mem")
    ('on policy distillation', 'hard negative', 'δ mem')
    """
    text = _NOT_WORD.sub(" ", _plain(name)).strip(" .")
    text = _ARTICLE.sub("", text)
    return " ".join(singular(word) for word in text.split())


def _plain(name: str) -> str:
    """The name in lower case and without accents."""
    if name.isascii():
        return name.lower()
    text = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in text if not unicodedata.combining(c))


def squeeze(name: str) -> str:
    """``fold`` without any spaces: "Long Bench", "LongBench" and "long-bench" are equal."""
    return fold(name).replace(" ", "")


def slug(name: str, limit: int = 80) -> str:
    """ASCII letters, digits and single hyphens: the last part of an IRI. Never empty; long or foreign names end in a hash.

    >>> slug("On-Policy Distillation"), slug("δ-mem"), slug("Probe&Prefill")
    ('on-policy-distillation', 'delta-mem', 'probe-and-prefill')
    """
    text = _plain(name).translate(_SPELLED)
    ascii_only = _NOT_SLUG.sub("-", text).strip("-")
    lossy = not text.isascii() and any(ord(c) > 127 and c.isalnum() for c in text)
    if not ascii_only or lossy or len(ascii_only) > limit:
        return f"{ascii_only[:limit].strip('-')}-{digest(name, 8)}".strip("-")
    return ascii_only


def digest(text: str, length: int = 16) -> str:
    """The first ``length`` hex digits of the SHA-256 of ``text``: an id made of content."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def is_acronym_of(short: str, long: str) -> bool:
    """Whether ``short`` can be the acronym of ``long``: its letters are found in order, each starting a word or standing
    inside one that already gave a letter, and the first letters agree (Schwartz & Hearst, PSB 2003, simplified).

    >>> is_acronym_of("OPD", "on-policy distillation"), is_acronym_of("TST", "Token Superposition Training")
    (True, True)
    >>> is_acronym_of("TST", "reward hacking")
    False
    """
    letters = [c for c in short.casefold() if c.isalnum()]
    if len(letters) > 1 and letters[-1] == "s" and short.endswith("s"):
        letters.pop()
    text = long.casefold()
    if len(letters) < 2 or not text or not text[0].isalnum() or letters[0] != text[0]:
        return False
    at = len(text) - 1
    for n, letter in enumerate(reversed(letters)):
        first = n == len(letters) - 1
        while at >= 0 and (text[at] != letter or (first and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
        at -= 1
    return True
