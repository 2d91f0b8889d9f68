"""Relations in words, as people read them on a page or in a terminal."""

from __future__ import annotations

#: How a relation reads from its object's side.
PASSIVE = {
    "introduces": "introduced by",
    "uses": "used by",
    "comparesWith": "compared with by",
    "addresses": "addressed by",
    "evaluatesOn": "evaluated on by",
    "measures": "measured by",
    "affiliatedWith": "papers",
    "author": "author of",
    "extends": "extended by",
    "contradicts": "contradicted by",
    "supports": "supported by",
    "explains": "explained by",
    "composesWith": "composed with by",
    "comparesWithPaper": "compared with by",
    "resolves": "resolved by",
    "cites": "cited by",
    "partOf": "has part",
    "variantOf": "has variant",
    "usedFor": "served by",
    "composesWithTechnique": "composed with by",
    "broader": "narrower",
}


def relation_words(relation: str) -> str:
    """The local name of a property as words.

    >>> relation_words("comparesWithPaper"), relation_words("uses")
    ('compares with paper', 'uses')
    """
    return "".join(f" {char.lower()}" if char.isupper() else char for char in relation)
