"""The line of themes above a brief's entries: "KV caches, distillation and agents"; and which entries fit which theme."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.claims.cue_index import split_words
from kg.extract.claims.cues import FINITE
from kg.text import fold

_TRIM = ' \t\n,;:.*_`"“”#–—-•>'
_FRAME_BEFORE = re.compile(
    r"\W*(?:(?:\w+[\s-]){1,3}?(?:papers?|picks|reads|notes|items|stories|works)\s+(?:on|about|covering|spanning|across)"
    r"|(?:on|covering|themes)\b:?)\s+",
    re.IGNORECASE,
)
_FRAME_AFTER = re.compile(r"[\s,]+(?:worth|from|this|to (?:read|watch|know)|today|for|and more)\b[^,]{0,40}$", re.IGNORECASE)
_STOP_WORDS = frozenset(
    {"the", "and", "for", "with", "from", "that", "this", "over", "under", "into", "than", "via", "are", "scale", "new"}
)


def split_themes(line: str) -> list[str]:
    """The themes of a line that lists some, or [] where it is a sentence or lists nothing.

    >>> split_themes("Four papers on KV caches, reward models, and search and ranking worth reading this week")
    ['KV caches', 'reward models', 'search and ranking']
    >>> split_themes("The model beats three baselines, and it is small.")
    []
    """
    if len(line) > 400 or line.rstrip(" *_").endswith(("?", "!", ":")) or set(split_words(line)) & FINITE:
        return []
    frame = _FRAME_BEFORE.match(line)
    core = _FRAME_AFTER.sub("", line[frame.end() :] if frame else line).strip(_TRIM)
    parts = [p.strip(_TRIM) for p in re.split(r"[,;]\s+", core)]
    if parts[-1].startswith("and "):
        parts[-1] = parts[-1][4:]
    elif " and " in parts[-1]:
        parts[-1:] = parts[-1].rsplit(" and ", 1)
    if len(parts) < 3 and line.rstrip(" *_").endswith("."):
        return []
    return parts if len(parts) > 1 and all(1 <= len(p.split()) <= 8 for p in parts) else []


def _stems(text: str) -> set[str]:
    return {w[:5] for w in fold(text).split() if len(w) > 2 and w not in _STOP_WORDS}


def fit_theme(theme: str, entry: str) -> float:
    """The share of a theme's words that an entry has; a word in its first ten counts twice."""
    wanted = _stems(theme)
    all_words, first = _stems(entry), _stems(" ".join(entry.split()[:10]))
    return sum((w in all_words) + (w in first) for w in sorted(wanted)) / (len(wanted) or 1)


def assign_in_order(score: Sequence[Sequence[float]]) -> list[int]:
    """For each row (entry) a column (theme), never decreasing and using every column, of the largest total score.

    >>> assign_in_order([[1, 0], [0, 1], [0, 1]])
    [0, 1, 1]
    """
    rows, columns = len(score), len(score[0])
    lowest = float("-inf")
    best = [[lowest] * columns for _ in range(rows)]
    stepped = [[False] * columns for _ in range(rows)]
    best[0][0] = score[0][0]
    for r in range(1, rows):
        for c in range(columns):
            step = best[r - 1][c - 1] if c else lowest
            stepped[r][c] = step > best[r - 1][c]
            best[r][c] = max(step, best[r - 1][c]) + score[r][c]
    c, chosen = columns - 1, [columns - 1]
    for r in range(rows - 1, 0, -1):
        c -= stepped[r][c]
        chosen.append(c)
    return chosen[::-1]
