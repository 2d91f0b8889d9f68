"""Made-up names, told by their letters alone."""

from __future__ import annotations

import re


def is_coined(word: str) -> bool:
    """Whether a word is a made-up name by its letters alone: a capital behind a small letter, or capitals with a hyphen, a
    digit or a symbol, or three capitals and more."""
    if len(word) < 3 or word.islower() or (word.isalpha() and word[1:].islower()):
        return False
    capitals = sum(map(str.isupper, word))
    if not capitals:
        return False
    parts = re.split(r"[-&+]", word)
    inner = any(c.isupper() for part in parts for c in part[1:])
    if len(parts) > 1:  # "Long-Context" in a heading is no name, "Long-VQA" and "G-Zero" are
        if all(p[:1].isupper() and p[1:].islower() and len(p) > 1 for p in parts):
            return "&" in word or "+" in word
        if any(p.islower() and len(p) > 3 for p in parts[1:]):  # "RLVR-adapted" says what was done
            return False
        return capitals >= 2 or (len(parts[-1]) <= 4 and parts[0][:1].isalpha() and any(c.isdigit() for c in word))
    return inner and (capitals >= 2 or word[0].islower())
