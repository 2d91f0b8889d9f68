"""The metric and the benchmark of a quantity among the mentions of its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.draft import Draft
from kg.extract.results.numerals import Quantity
from kg.extract.results.quantities import in_list
from kg.model import Kind, Mention, Span

_METRICS = frozenset({Kind.METRIC})
_BENCHMARKS = frozenset({Kind.BENCHMARK})
#: How far a metric and a benchmark may stand from their number, in units of :func:`_cost`.
_FAR = 140
_NEAR = 70
#: Longer lists are not paired: no sentence that a person wrote has them.
_MAX_LIST = 40
#: What a number costs that stands between, a clause border, a comma, a gap of the wrong words, and a name in lower case.
_NUMBER_COST, _CLAUSE_COST, _COMMA_COST, _WRONG_WORD_COST, _GENERIC_COST = 60, 60, 15, 25, 30
_ON = re.compile(
    r"(?:\b(?:on|across|in|for|at|of|over|from|against|to)\s(?:the |both |all )?(?:[\w’'-]+\s){0,2}|^\s?|^\s\()$", re.IGNORECASE
)
_OPENS = re.compile(
    r"(?:\s?[(:=]\s?|\s(?:of|at|is|by|from|to|reaches|hits|score of)\s(?:about |up to |nearly )?|\s)$", re.IGNORECASE
)
_NOT_OF_METRIC = re.compile(r"\b(?:across|at|for|with|over|under|to|by|than|from|vs)\b", re.IGNORECASE)
#: A benchmark this near and behind the right word is the number's own, whatever the sentence opens with.
_ADJACENT = 45
_NOT_ON_TOPIC = frozenset({"count", "parameters", "tokens", "usd", "layers"})
_FRONTED = re.compile(
    r"(?:[\w\s,’']{0,25}\b)?(?:on|across|in|for|over|with)\s(?:the |both |all )?(?:[\w-]+\s)?$", re.IGNORECASE
)
_REOPENED = re.compile(r"[,;]\s(?:and|but|while)?\s?(?:on|in|across|for)\s(?:the )?$", re.IGNORECASE)
_OWN = re.compile(r"\s(?:on|in|of|at|across|points|[a-z@]+ on)\s")
_RATE = re.compile(r"\s?(?:per|/|a)\s?(?:s|sec|second|minute|hour|day)\b", re.IGNORECASE)
#: What a benchmark does that its sentence is about: "FooBench at 16K goes from ...".
_MOVES = re.compile(
    r"\s(?:(?:at|with|for)\s[\w-]{1,20}\s)?(?:\w+ly\s|now\s|still\s|also\s)?(?:goes|went|rises|rose|falls|fell|drops|dropped|improves|improved"
    r"|climbs|climbed|jumps|jumped|moves|moved|gains|gained|loses|lost|stays|stands|reads|has|reaches|reached|shows|puts)\b"
)
#: What joins a share and the count that it is of: "96% of the 500 adapters in X".
_SHARE_OF = re.compile(r"\sof\s(?:the\s|all\s|its\s|these\s)?(?:about\s)?")
_HEADED = re.compile(r"[^.;:]{0,60}:\s")
_BORDER = re.compile(r"[;.!?](?:\s|$)|\b(?:while|whereas|but)\b")


def link_benchmarks(draft: Draft, sentence: Span, quantities: Sequence[Quantity]) -> list[int | None]:
    """The BENCHMARK mention of the sentence that each quantity is measured on, if one is near enough."""
    return _link(draft, sentence, quantities, _BENCHMARKS, _FAR)


def link_metrics(draft: Draft, sentence: Span, quantities: Sequence[Quantity]) -> list[int | None]:
    """The METRIC mention of the sentence that each quantity is a value of, if one is near enough."""
    return _link(draft, sentence, quantities, _METRICS, _NEAR)


def _link(draft: Draft, sentence: Span, quantities: Sequence[Quantity], kinds: frozenset[Kind], limit: int) -> list[int | None]:
    mentions = draft.mentions_in(sentence, kinds)
    if not mentions:
        return [None] * len(quantities)
    topics = _topics(draft, sentence, mentions) if kinds is _BENCHMARKS else []
    paired = _pair_lists(draft, quantities, mentions) if max(len(mentions), len(quantities)) <= _MAX_LIST else {}
    found: list[int | None] = []
    for n, quantity in enumerate(quantities):
        near = [
            m
            for m in _around(draft, sentence, quantity.span, kinds)
            if m not in topics[1:] or draft.mentions[m].span.end <= quantity.span.start  # a later clause opens with it
        ]
        costs = [(_cost(draft, quantity.span, draft.mentions[m], quantities, n), m) for m in near]
        best = min(costs, default=(limit + 1, -1))
        if quantity.compared and n and found[n - 1] is not None and not _has_own(draft.text, quantity):
            found.append(found[n - 1])  # "61.2 on FooBench, against 58.0 for Bar"
            continue
        topic = next((m for m in reversed(topics) if draft.mentions[m].span.end <= quantity.span.start), None)
        if topic is not None and n not in paired and best[0] > _ADJACENT and _may_be_on(draft.text, quantity):
            best = (0, topic)
        found.append(paired[n] if n in paired else best[1] if best[0] <= limit else None)
    return found


def _has_own(text: str, q: Quantity) -> bool:
    """Whether the text goes on with what a baseline itself is measured on or by."""
    return _OWN.match(text, q.span.end) is not None


def _may_be_on(text: str, q: Quantity) -> bool:
    """Whether a number can be a score on what its sentence opens with: a rate can, a count cannot."""
    return q.unit not in _NOT_ON_TOPIC or _RATE.match(text, q.span.end) is not None


def _topics(draft: Draft, sentence: Span, mentions: Sequence[int]) -> list[int]:
    """The benchmarks that a sentence or a later clause of it opens with, and that the numbers there are on: "On BRIGHT, ...",
    "MTEB average: A=60, B=61", "..., and on BEIR, ..."."""
    first = draft.mentions[mentions[0]].span
    lead, rest = draft.text[sentence.start : first.start], draft.text[first.end : sentence.end]
    if first.start - sentence.start > 40 or in_list(draft.text, first, _next(draft, mentions)):
        return []
    if lead.strip().lower() in ("", "the") and (_HEADED.match(rest) or _MOVES.match(rest)):
        return [mentions[0]]
    if _FRONTED.match(lead) is None:
        return []
    return [mentions[0], *(m for m in mentions[1:] if _reopens(draft, sentence, draft.mentions[m].span))]


def _reopens(draft: Draft, sentence: Span, place: Span) -> bool:
    """Whether a later clause opens with what stands at ``place``."""
    lead = _REOPENED.search(draft.text, max(sentence.start, place.start - 24), place.start)
    return lead is not None and draft.text[place.end : place.end + 1] == ","


def _next(draft: Draft, mentions: Sequence[int]) -> Span:
    """The place of the second mention, or of the first where it is alone."""
    return draft.mentions[mentions[min(1, len(mentions) - 1)]].span


def _around(draft: Draft, sentence: Span, span: Span, kinds: frozenset[Kind], reach: int = 2) -> list[int]:
    """The few mentions next to a span on either side."""
    before = draft.mentions_in(Span(max(sentence.start, span.start - 2 * _FAR), span.start), kinds)
    after = draft.mentions_in(Span(span.end, max(span.end, min(sentence.end, span.end + 2 * _FAR))), kinds)
    return before[-reach:] + after[:reach]


def _cost(draft: Draft, number: Span, mention: Mention, quantities: Sequence[Quantity], n: int) -> int:
    """How far a mention is from a number: characters, and a price for what stands between."""
    follows = mention.span.start >= number.end
    start, end = (number.end, mention.span.start) if follows else (mention.span.end, number.start)
    if end - start > 2 * _FAR:
        return end - start
    gap = draft.text[start:end]
    others = quantities[n + 1 : n + 4] if follows else quantities[max(0, n - 3) : n]
    between = [q for q in others if start <= q.span.start and q.span.end <= end]
    if follows and between and not _shares(draft.text, quantities[n], between[0]):
        return 2 * _FAR
    good = _ON.search(gap) if follows else _OPENS.search(gap)
    if follows and mention.kind is Kind.METRIC and _NOT_OF_METRIC.search(gap):
        good = None
        end += _CLAUSE_COST
    return (
        end
        - start
        + _NUMBER_COST * len(between)
        + _CLAUSE_COST * len(_BORDER.findall(gap))
        + _COMMA_COST * gap.count(",")
        + (0 if good else _WRONG_WORD_COST + _CLAUSE_COST * follows)
        + (_GENERIC_COST if mention.name.islower() and mention.kind is Kind.BENCHMARK else 0)
    )


def _shares(text: str, a: Quantity, b: Quantity) -> bool:
    """Whether two numbers can share what follows the second: "34.4% vs 32.3% on X", "24.6% and 51.1% on X and Y"."""
    return b.compared or in_list(text, a.span, b.span) or _SHARE_OF.fullmatch(text, a.span.end, b.span.start) is not None


def _pair_lists(draft: Draft, quantities: Sequence[Quantity], mentions: Sequence[int]) -> dict[int, int]:
    """ "on A and B by 26.1% and 14.3%": lists of equal length go together one by one."""
    paired: dict[int, int] = {}
    names = _runs(draft.text, [draft.mentions[m].span for m in mentions])
    for numbers in _runs(draft.text, [q.span for q in quantities]):
        same = [run for run in names if len(run) == len(numbers) > 1]
        if not same:
            continue
        at = quantities[numbers[0]].span.start
        near = min(same, key=lambda run: abs(draft.mentions[mentions[run[0]]].span.start - at))
        if abs(draft.mentions[mentions[near[0]]].span.start - at) <= 2 * _FAR:
            paired.update({q: mentions[m] for q, m in zip(numbers, near, strict=True)})
    return paired


def _runs(text: str, spans: Sequence[Span]) -> list[list[int]]:
    """Indices of spans, grouped where only a comma or "and" stands between neighbours."""
    runs: list[list[int]] = []
    for i, span in enumerate(spans):
        if runs and in_list(text, spans[runs[-1][-1]], span):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs
