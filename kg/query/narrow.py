"""Says a question with its parameters in the way that the engine answers fast; its answer stays the same.

Oxigraph joins first and filters last, and evaluates a pattern in EXISTS anew for each row. So what a filter says of a parameter
is taken out of it where the values of the parameter decide it:

==========================================  ==========================================================
``FILTER(?p = "" || X)``, the value is ""   nothing: it lets everything pass
``FILTER(?p = "" || X)``, it is another     ``FILTER(X)``
``FILTER(LCASE(STR(?l)) = LCASE(?p))``      ``VALUES ?l { ... }``: the labels in the graph that are so
``FILTER(EXISTS { X })`` that is left       ``{ SELECT DISTINCT ... { X } }``, of what the rest shares with X
``?p`` in another filter, one value         the value
==========================================  ==========================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.query.tokens import Token, read_tokens

#: Terms in N-Triples spelling, by the name of a parameter.
Terms = Mapping[str, Sequence[str]]

_EMPTY = '""'
_SAME_LABEL = ("lcase", "(", "str", "(", "?", ")", ")", "=", "lcase", "(", "?", ")")


def narrow_question(text: str, terms: Terms, labelled: Callable[[str], Sequence[tuple[str, str]]]) -> str:
    """``text``, whose VALUES blocks hold ``terms``, with its filters narrowed.

    Args:
        labelled: gives for a parameter the pairs of a label in the graph and the value that it is in any case.
    """
    single = {name: values[0] for name, values in terms.items() if len(values) == 1}
    text = _edit(text, lambda tokens: _settle_choices(tokens, single))
    text = _edit(text, lambda tokens: _join_labels(tokens, terms, labelled))
    text = _edit(text, lambda tokens: _put_constants(tokens, single))
    return _edit(text, _join_existence) if single else text


_Edit = tuple[int, int, str]


def _edit(text: str, find: Callable[[Sequence[Token]], Iterator[_Edit]]) -> str:
    for start, end, new in sorted(set(find(read_tokens(text))), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _settle_choices(tokens: Sequence[Token], single: Mapping[str, str]) -> Iterator[_Edit]:
    for first, opening, closing in _filters(tokens):
        if _shape(tokens[opening + 1 : opening + 6]) == ("?", "=", _EMPTY, "|", "|"):
            value = single.get(tokens[opening + 1].text[1:])
            if value == _EMPTY:
                yield tokens[first].start, tokens[closing].end, ""
            elif value is not None:
                yield tokens[opening + 1].start, tokens[opening + 5].end, ""


def _join_labels(
    tokens: Sequence[Token], terms: Terms, labelled: Callable[[str], Sequence[tuple[str, str]]]
) -> Iterator[_Edit]:
    for first, opening, closing in _filters(tokens):
        inside = tokens[opening + 1 : closing]
        if _shape(inside) == _SAME_LABEL and inside[10].text[1:] in terms:
            label, param, pairs = inside[4].text, inside[10].text, labelled(inside[10].text[1:])
            if len(terms[param[1:]]) == 1:
                block = f"VALUES {label} {{ {' '.join(written for written, _ in pairs)} }}"
            else:
                block = f"VALUES ({label} {param}) {{ {' '.join(f'({written} {value})' for written, value in pairs)} }}"
            yield tokens[first].start, tokens[closing].end, block


def _put_constants(tokens: Sequence[Token], single: Mapping[str, str]) -> Iterator[_Edit]:
    for _, opening, closing in _filters(tokens):
        for token in tokens[opening:closing]:
            if token.kind == "variable" and token.text[1:] in single:
                yield token.start, token.end, single[token.text[1:]]


def _join_existence(tokens: Sequence[Token]) -> Iterator[_Edit]:
    for first, opening, closing in _filters(tokens):
        inside = tokens[opening + 1 : closing]
        if _shape(inside[:2]) == ("exists", "{") and _closing(inside, 1) == len(inside) - 1:
            here = {token.text for token in inside if token.kind == "variable"}
            there = {token.text for token in (*tokens[:first], *tokens[closing:]) if token.kind == "variable"}
            shared = " ".join(sorted(here & there))
            yield tokens[first].start, inside[1].start, f"{{ SELECT DISTINCT {shared} "
            yield tokens[closing].start, tokens[closing].end, "}"


def _shape(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple("?" if token.kind == "variable" else token.text.casefold() for token in tokens)


def _filters(tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """The places of each ``FILTER``, of the parenthesis after it and of the one that closes that."""
    for first, token in enumerate(tokens[:-1]):
        if token.kind == "word" and token.text.casefold() == "filter" and tokens[first + 1].text == "(":
            yield first, first + 1, _closing(tokens, first + 1)


def _closing(tokens: Sequence[Token], opening: int) -> int:
    """The place of the bracket that closes the one at ``opening``; the end where none does."""
    depth = 0
    for place in range(opening, len(tokens)):
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(tokens[place].text, 0)
        if depth == 0:
            return place
    return len(tokens) - 1
