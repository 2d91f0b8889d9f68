"""Predictions: dated statements about the future, open ones and those that a document says came true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract.claims.cue_index import split_words
from kg.extract.draft import Draft
from kg.extract.outlook.horizons import LEADING, Horizon, find_horizons
from kg.extract.outlook.verdicts import cut_fields, read_marks, read_verdict
from kg.extract.subjects import PAPERS, attribute_sentences, main_mentions
from kg.model import TERM_KINDS, Block, BlockKind, Prediction, PredictionStatus, Role, Span

_MAX_LABEL = 30  # words
_TRIM = " \t\n,;:.()[]*_`\"“”'’–—-•·#>|"
_PREFIX = re.compile(
    r"(?:\W*(?:(?:prediction|forecast|bet|call)s?(?:\s*#?\d+)?\s*:|watch(?:ing)?(?: out)? (?:for|whether)\b|watch\s*:"
    r"|expect\s|next (?:\w+ )?[a-z]{3,9}day: |(?-i:[A-Z])[\w. ]{1,20}\)\s"
    r"|look for\b|(?:my|our) (?:guess|bet|prediction|forecast) is that\b"
    r"|(?:i|we) (?:would |will |['’]d )?(?:also )?(?:bet|guess|expect|predict|wager)(?: that)?\b"
    r"|(?:i|we) (?:think|believe) that\b"
    r"|[\[(]?\d{1,3} ?%[\])]?\s?[:,—–-]?\s|#?\d{1,2}[.)]\s|[A-Z]{1,3}-?\d{1,3}(?:\s?[:.)–—-]|(?=\s\())\s))+",
    re.IGNORECASE,
)
#: The number of an item, with a parenthesis behind it: "P-61 (by 2027-04-20, 65%).", "26-21".
_ID = re.compile(r"[\W_]*(?:[A-Z]{1,4}-?)?\d{0,3}(?:[-.]\d{1,3})?[\s:.)]*(?:\([^()]{2,80}\))?[\W_]*")
#: How sure a prediction is, or who of the authors is: "(60%)", "(Ana, 60%)".
_CONFIDENCE = re.compile(
    r"\s?[(\[](?:[A-Z][\w.]{1,15}[,:] |confidence:? )?\d{1,3} ?%(?: confidence)?[)\]]|\s?\([A-Z][\w.]{1,15}, \d{1,3} ?%$"
)
#: A number with the odds and the deadline behind it, in the same sentence as the rest.
_LED = re.compile(r"[\W_]*(?:[A-Z]{1,4}-?)?\d{1,3}(?:[-.]\d{1,3})?\s?\([^()]{2,80}\)\s?[:—–-]\s")
_ARTICLE = re.compile(r"(?:the|a|an|that|whether)\s+", re.IGNORECASE)
_CONDITION = re.compile(r"(?:if|assuming|unless|once|given|as)\s[^,]{3,120},\s+", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|won['’]t|going to|gets? \w+(?:ed|en)|likely|we expect|expect to|predict(?:s|ion)?|bound to|set to become"
    r"|on track to|my (?:guess|bet) is|(?:i|we) (?:would |will |['’]d )?(?:also )?(?:bet|guess|expect|predict|wager))\b",
    re.IGNORECASE,
)
_NOT_AHEAD = re.compile(r"\b(?:whoever|would have|will have been|has been|have been)\b|\?\W*$", re.IGNORECASE)
_EDITORIAL = re.compile(
    r"\bwe(?:['’]ll| will| are going to) (?:also |then )?(?:cover|return|come back|report|write|look|review|publish|discuss|"
    r"be back|take up|print)\b|^\W*(?:part|issue|episode|number|next (?:week|issue|month)['’]s \w+) ?\d{0,3} will\b",
    re.IGNORECASE,
)
_BET = re.compile(r"\b(?:bet|guess|expect|predict|wager|forecast)", re.IGNORECASE)
#: What the publication will do then: "..., and will run them if so".
_THEN = re.compile(
    r",? and (?:we )?(?:will|['’]ll) (?:run|report|test|cover|write|try|let you know|say so|tell)\b.*$", re.IGNORECASE
)
_FALSIFIABLE = re.compile(r"\bfalsifi(?:able|ed if|er)\b", re.IGNORECASE)
#: A paragraph that says of itself that it looks ahead: "What we expect: ...", "Bets of the week: ..."
_LOOKS_AHEAD = re.compile(
    r"[\W_]{0,4}(?:(?:my|our|the|some|two|three)\s)?(?:predictions?|bets?|forecasts?|wagers?|what\s(?:i|we)\s(?:expect|predict)"
    r"|looking\sahead)\b[^:.!?\n]{0,40}:[*_]{0,3}\s",
    re.IGNORECASE,
)
_SILENT = frozenset({Role.PREDICTIONS, Role.ABSTRACT, Role.FURNITURE, Role.PULSE})
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_ITEMS = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW})

_RESOLVES = re.compile(
    r"\b(?:resolv(?:e|es|ed|ing)|confirm(?:s|ed)?|settle[sd]?|falsif(?:ies|ied)|vindicate[sd]?|bears? out|c[ao]mes? true"
    r"|clos(?:es|ed) (?:that|this|the|our|my) (?:call|bet|prediction|forecast|wager))\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(r"\s+(?:was|is|are|were|has|have|got|now|just)\s.*$")
_MADE = (
    r"(?:(?P<iso>20\d\d-\d\d-\d\d)|(?P<d>\d{1,2})[- ](?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"|(?P<mon2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (?P<d2>\d{1,2})|(?P<md>[01]\d-[0-3]\d)"
    r"|(?P<ago>yesterday|last week|last month)['’]?s?)"
)
_MADE_ON = re.compile(rf"(?<![\w-]){_MADE}(?![\w-])", re.IGNORECASE)
#: "the 12-May 60-day X prediction", "our 90-day forecast that X"
_NAMED = re.compile(
    r"(?P<n>\d{1,3})[- ](?P<unit>day|week|month|year)\s+(?P<before>(?:[\w'’/&+-]+\s+){0,8}?)(?:prediction|forecast|bet"
    r"|call)\b"
    r"(?:\s+(?:that|about|on|of|for)\s+(?P<after>[^.;()\n]{5,120}))?",
    re.IGNORECASE,
)
#: "... predicted X in 60 days", "... forecast X within two months"
_PREDICTED = re.compile(
    r"\b(?:predicted|forecast(?:ed)?|called|expected)\s+(?:that\s+)?(?P<what>[^.;\n]{5,160})", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def find_predictions(draft: Draft) -> None:
    """Adds the predictions of a document to ``draft``: the items of its predictions sections, dated ones in running text, and
    earlier ones that it says are resolved."""
    main = main_mentions(draft)
    taken: set[int] = set()
    for prediction in [*_resolved(draft), *_listed(draft, main), *_in_text(draft, main)]:
        if prediction.sentence not in taken:
            taken.add(prediction.sentence)
            draft.predictions.append(prediction)
    draft.predictions.sort(key=lambda p: draft.sentences[p.sentence].span)


# ----------------------------------------------------------------------------------------------- predictions sections


def _listed(draft: Draft, main: dict[int, int]) -> Iterator[Prediction]:
    for number, block in enumerate(draft.document.blocks):
        section = draft.document.sections[block.section]
        if section.role is not Role.PREDICTIONS or block.kind not in _ITEMS or block.header:
            continue
        sentences = [i for i in draft.sentences_in(block.span) if draft.sentences[i].block == number]
        lead = ""
        if len(sentences) > 1 and _ID.fullmatch(head := draft.words(draft.sentences[sentences[0]].span)):
            sentences.pop(0)  # only its number, and until when
            lead = head
        if sentences and (closed := _closed(draft, sentences, main)):
            yield closed
            continue
        heading = section.heading.of(draft.text) if section.heading else ""
        given = _of_cells(draft, block) or _first_horizon(lead, draft.document.date)
        if sentences and (found := _from_item(draft, sentences, heading, main, given)):
            yield found


def _closed(draft: Draft, sentences: list[int], main: dict[int, int]) -> Prediction | None:
    """The earlier prediction that an item says is resolved or has expired."""
    head, *rest = (draft.words(draft.sentences[i].span) for i in sentences)
    verdict = read_verdict(head, " ".join(rest))
    if verdict is None:
        return None
    issued = draft.document.date
    made, ended = _made(verdict.before, issued), _made(verdict.after, issued) if verdict.lost else None
    due = made + timedelta(verdict.days) if made and verdict.days else ended
    about = _about(draft, Span(draft.sentences[sentences[0]].span.start, draft.sentences[sentences[-1]].span.end), main)
    by = next((main[m] for m in about if m in main), None)
    status = PredictionStatus.EXPIRED if verdict.lost else PredictionStatus.RESOLVED
    return Prediction(
        sentences[0], verdict.label, verdict.days, due, about, status, None if verdict.lost else by, "prediction.verdict"
    )


def _first_horizon(text: str, issued: date | None) -> Horizon | None:
    return next(iter(find_horizons(text, issued)), None)


def _of_cells(draft: Draft, block: Block) -> Horizon | None:
    """The horizon of a table's row: what one of its cells holds and no more, "2027-03-31", "60 days", "Q3"."""
    for cell in block.cells:
        words = cell.of(draft.text).strip(_TRIM)
        if len(words) <= 24:
            for text in (words, f"by {words}"):
                horizon = _first_horizon(text, draft.document.date)
                if horizon is not None and horizon.end == len(text) and len(words) - 2 <= horizon.end - horizon.start:
                    return horizon
    return None


def _from_item(
    draft: Draft, sentences: list[int], heading: str, main: dict[int, int], given: Horizon | None
) -> Prediction | None:
    """``given``: until when, where the layout says it outside of the sentences."""
    head, status = read_marks(draft.words(draft.sentences[sentences[0]].span))
    issued = draft.document.date if status is PredictionStatus.OPEN else None  # the day of one that is closed has passed
    led = _LED.match(head)
    if led:  # "#31 (55%, by Q4 2027): ..."
        given, head = given or _first_horizon(led.group(), issued), head[led.end() :]
    elif (dated := LEADING.match(head)) is not None:  # "Q3 2027 — ..."
        given, head = given or _first_horizon(f"by {dated['place']}", issued), head[dated.end() :]
    horizons = (h for h in find_horizons(head, issued) if _set_off(head, h))
    horizon = next(iter(sorted(horizons, key=lambda h: (bool(head[: h.start].strip(_TRIM)), not h.period, h.start))), None)
    if given is None and (given := _alone(draft, sentences[1:])) is not None:
        horizon = None  # "A life under 3 months. 120 days. Falsifier: ..."
    label = _label(head, horizon)
    if horizon is None or given is not None:
        horizon = given or _later_horizon(draft, sentences[1:]) or _first_horizon(heading, issued)
    whole = Span(draft.sentences[sentences[0]].span.start, draft.sentences[sentences[-1]].span.end)
    if not label or (horizon is None and not _FALSIFIABLE.search(draft.words(whole))):
        return None
    return Prediction(
        sentences[0],
        label,
        horizon.days if horizon else None,
        horizon.due if horizon else None,
        _about(draft, whole, main),
        status,
        rule="prediction.item",
    )


def _alone(draft: Draft, sentences: list[int]) -> Horizon | None:
    """The horizon that is all that a later sentence says: "90 days."."""
    for i in sentences[:2]:
        words = draft.words(draft.sentences[i].span)
        horizon = _first_horizon(words, draft.document.date)
        if horizon is not None and horizon.period and not (words[: horizon.start] + words[horizon.end :]).strip(_TRIM):
            return horizon
    return None


def _later_horizon(draft: Draft, sentences: list[int]) -> Horizon | None:
    """A horizon in the rest of an item: a short sentence ("90 days.", "Horizon: Q3 2026.") or one that looks ahead."""
    for i in sentences:
        text = draft.words(draft.sentences[i].span)
        for horizon in find_horizons(text, draft.document.date):
            if horizon.ahead or len(text) < 40 or _FALSIFIABLE.search(text):
                return horizon
    return None


def _set_off(head: str, horizon: Horizon) -> bool:
    """Whether a horizon in an item's head is the item's own, and not a part of what it tells ("two papers, one week, ...")."""
    after = head[horizon.end :].lstrip()
    return (
        horizon.ahead
        or not after
        or after[0] in ".:;)]—–-*|"
        or not head[: horizon.start].strip(_TRIM)
        or head[horizon.start :].strip()[0].isdigit()
    )


def _label(head: str, horizon: Horizon | None) -> str:
    """The short name of a prediction: its first sentence without the horizon and without what leads into it."""
    if horizon:
        before, after = head[: horizon.start], head[horizon.end :]
        aside = before.rstrip().endswith(("(", "[", ",", "-", "–", "—", ":", "|")) or not re.search(r"\w{2}", after)
        head = before if aside and re.search(r"\w{2}", before) else f"{before.strip()} {after.strip()}"
    return _tidy(head)


def _tidy(label: str) -> str:
    label = _THEN.sub("", _CONFIDENCE.sub("", cut_fields(label))).strip(_TRIM)
    prefix = _PREFIX.match(label)
    if prefix:
        label = label[prefix.end() :].strip(_TRIM)
    label = re.sub(r"\s+([,.;])", r"\1", " ".join(label.split()[:_MAX_LABEL]))
    return label if len(split_words(label)) else ""


def _about(draft: Draft, span: Span, main: dict[int, int]) -> tuple[int, ...]:
    """The papers (each once, by its first mention here) and the terms that a prediction speaks of."""
    seen: set[int] = set()
    about = []
    for m in draft.mentions_in(span, PAPERS | TERM_KINDS):
        key = main.get(m, -1 - m)
        if key not in seen:
            seen.add(key)
            about.append(m)
    return tuple(about)


# ------------------------------------------------------------------------------------------------------ running text


def _in_text(draft: Draft, main: dict[int, int]) -> Iterator[Prediction]:
    attributions = attribute_sentences(draft)
    for i, sentence in enumerate(draft.sentences):
        if draft.role_of(i) in _SILENT or draft.block_of(i).kind not in _PROSE:
            continue
        text, block = draft.words(sentence.span), draft.block_of(i).span
        led = _LOOKS_AHEAD.match(draft.text, block.start, block.end)
        text = text[max(0, led.end() - sentence.span.start) :] if led else text
        if not (led or _FUTURE.search(text)) or _NOT_AHEAD.search(text) or _RESOLVES.search(text) or _is_editorial(text):
            continue
        horizon = next((h for h in find_horizons(text, draft.document.date) if h.ahead), None)
        if horizon is None or (horizon.days or 0) < 7:
            continue
        body = _CONDITION.sub("", f"{text[: horizon.start].strip()} {text[horizon.end :].strip()}", count=1)
        label = _tidy(_ARTICLE.sub("", body.strip(_TRIM), count=1) if _ARTICLE.match(body.strip(_TRIM)) else body)
        if label:
            about = _about(draft, sentence.span, main) or tuple(p for p in (attributions[i].paper,) if p is not None)
            yield Prediction(i, label, horizon.days, horizon.due, about, rule="prediction.in_text")


def _is_editorial(text: str) -> bool:
    """Whether a sentence only announces what the publication itself will bring: "which we will cover next week"."""
    return _EDITORIAL.search(text) is not None and _BET.search(text) is None


# -------------------------------------------------------------------------------------------------- resolved earlier


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An earlier prediction that a sentence speaks of."""

    sentence: int
    label: str
    days: int
    made: date | None
    resolved_by: int | None
    exact: bool  # told in words of its own, not only named


def _resolved(draft: Draft) -> list[Prediction]:
    """Earlier predictions that the document says are resolved; one that is named twice is one."""
    kept: list[_Earlier] = []
    for found in sorted(_earlier(draft), key=lambda e: (not e.exact, e.sentence)):
        twins = (k for k in kept if k.days == found.days and (k.made == found.made or None in (k.made, found.made)))
        if not any(_same(k.label, found.label) for k in twins):
            kept.append(found)
    return [
        Prediction(
            e.sentence,
            e.label,
            e.days,
            e.made + timedelta(e.days) if e.made else None,
            () if e.resolved_by is None else (e.resolved_by,),
            PredictionStatus.RESOLVED,
            e.resolved_by,
            "prediction.resolved",
        )
        for e in kept
    ]


def _same(a: str, b: str) -> bool:
    """Whether two labels share a word that is more than a little one."""
    words = [{w for part in split_words(x) for w in part.split("-") if len(w) > 3} for x in (a, b)]
    return bool(words[0] & words[1])


def _earlier(draft: Draft) -> Iterator[_Earlier]:
    attributions = attribute_sentences(draft) if _RESOLVES.search(draft.text) else []
    for i in range(len(attributions)):
        text = draft.words(draft.sentences[i].span)
        named, predicted = _NAMED.search(text), _PREDICTED.search(text)
        if named and _RESOLVES.search(text):
            label = _tidy(_VERDICT.sub("", named["after"]) if named["after"] else named["before"] or "")
            days = next(h.days for h in find_horizons(f"{named['n']} {named['unit']}s", None))
            if label and days:
                yield _Earlier(i, label, days, _made(text, draft.document.date), attributions[i].paper, bool(named["after"]))
        elif predicted and (horizons := [h for h in find_horizons(predicted["what"], None) if h.period and h.days]):
            resolver = next((j for j in (i, i + 1, i + 2) if _resolves_it(draft, i, j)), None)
            if resolver is not None:
                what = predicted["what"]
                label = _tidy(f"{what[: horizons[0].start]} {what[horizons[0].end :] if resolver != i else ''}")
                made = _made(text, draft.document.date)
                yield _Earlier(i, label, horizons[0].days or 0, made, attributions[resolver].paper, True)


def _resolves_it(draft: Draft, told: int, at: int) -> bool:
    """Whether sentence ``at`` (in the block of ``told``) says that a prediction came true or not."""
    if at >= len(draft.sentences) or draft.sentences[at].block != draft.sentences[told].block:
        return False
    text = draft.words(draft.sentences[at].span)
    return bool(_RESOLVES.search(text)) and (
        at == told or bool(re.search(r"\bpredict|\bforecast|\bit\b|\bthis\b", text, re.IGNORECASE))
    )


def _made(text: str, issued: date | None) -> date | None:
    """The day on which an earlier prediction was made: the last such day before the document's own date."""
    m = _MADE_ON.search(text)
    if m is None or issued is None:
        return date.fromisoformat(m["iso"]) if m and m["iso"] else None
    if m["ago"]:
        return issued - timedelta({"yesterday": 1, "last week": 7, "last month": 30}[m["ago"].casefold()])
    try:
        if m["iso"]:
            return date.fromisoformat(m["iso"])
        month = int(m["md"][:2]) if m["md"] else _MONTHS.index((m["mon"] or m["mon2"]).casefold()) + 1
        made = date(issued.year, month, int(m["md"][3:] if m["md"] else m["d"] or m["d2"]))
        return made if made <= issued else date(issued.year - 1, month, made.day)
    except ValueError:
        return None
