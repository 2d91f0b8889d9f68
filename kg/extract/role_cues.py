"""Words that tell what a term is to a paper. Data only: each predicate with the words that stand before a term, and behind it."""

from __future__ import annotations

import re

from kg.model import Kind, Predicate

P = Predicate


def _verbs(words: str) -> str:
    """A pattern for regular verbs in their usual endings; irregular forms are listed as they are."""
    forms = []
    for word in words.split():
        stem = word.rstrip("e") if word.endswith("e") else word
        forms.append(
            f"{re.escape(stem)}(?:e?s|ed|e|ing)?"
            if word.endswith("e")
            else f"{re.escape(word)}(?:s|es|ed|{word[-1]}?ing|{word[-1]}ed)?"
        )
    return "|".join(forms)


#: Cues that stand before the term, in the same clause. Where several stand there the last one counts.
BEFORE: tuple[tuple[Predicate | None, re.Pattern[str]], ...] = tuple(
    (predicate, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for predicate, pattern in (
        (
            P.INTRODUCES,
            _verbs(
                "introduce propose present release develop formalize formalise contribute coin unveil open-source establish devise invent name define"
            )
            + "|derives?|derived|called|dubbed|named|termed|a new|a novel|builds? a|built a|creates? a|created a|designs? a|designed a|the first",
        ),
        (
            P.COMPARES_WITH,
            _verbs("outperform surpass exceed match rival beat")
            + r"|beaten|unlike|versus|vs\.?|compared (?:to|with)|than|rather than|instead of|in contrast to|as opposed to|over (?:the )?(?:standard|strong|prior|baseline)"
            r"|relative to|against|on par with|comparable (?:to|with)|competitive with|better than|alternative to|replaces?|replacing|baselines? such as|baselines? (?:like|including)",
        ),
        (
            P.ADDRESSES,
            _verbs(
                "address target tackle mitigate prevent reduce solve fix avoid suppress eliminate alleviate combat remedy counter curb handle attack study investigate analyze analyse explore examine explain diagnose improve enhance boost accelerate"
            )
            + r"|overcomes?|overcame|overcoming|problem of|issue of|challenges? of|bottleneck of|for (?:the )?(?:task of )?|toward|towards|focus(?:es|ed)? on|aims? (?:at|to)|designed for|drops?|lowers?|cuts?",
        ),
        (
            P.EVALUATES_ON,
            _verbs("evaluate test validate benchmark experiment")
            + r"|on|across|over (?:a |the )?(?:suite|set|range|variety) of|scores? (?:on|of)|tested with|results on|performance on|state-of-the-art on|gains on|benchmarks? such as|including",
        ),
        (P.MEASURES, _verbs("measure quantify report track score") + r"|in terms of|as measured by|metrics? such as"),
        (
            P.USES,
            _verbs(
                "use employ leverage apply adopt combine incorporate integrate exploit utilize utilise rely train add run extend adapt initialize condition replace distill sample"
            )
            + r"|via|with|using|by|through|based on|built on(?: top of)?|builds on|build on|on top of|relies on|relying on|powered by|consists? of|comprises?|composed of|inspired by|from|into|bridge[sd]? .{0,20} via",
        ),
    )
)
#: Cues that stand right behind the term.
BEHIND: tuple[tuple[Predicate, re.Pattern[str]], ...] = (
    (P.COMPARES_WITH, re.compile(r"\s*(?:-style )?(?:baselines?|counterparts?|methods? cannot|alone)\b", re.IGNORECASE)),
    (
        P.EVALUATES_ON,
        re.compile(r"\s*(?:benchmarks?|datasets?|test set|leaderboards?|tasks? (?:show|demonstrate))\b", re.IGNORECASE),
    ),
    (P.USES, re.compile(r"(?:-based|-style|-trained|-driven|-guided)\b", re.IGNORECASE)),
)
#: A paper that does without a thing does not use it.
DENIED = re.compile(
    r"\b(?:without|no|not|never|neither|nor|cannot|does not|do not|did not|doesn't|don't|isn't|aren't|no longer|free of|instead of|rather than|avoid(?:s|ing)?(?: the need for)?|eliminat\w+ the need for)"
    r"(?:\s+(?:any|a|an|the|need(?:ing)?|requir\w+|rely\w* on|using|use|full|additional|extra|explicit|further|require|for))*\s*$",
    re.IGNORECASE,
)
#: Nothing is asserted of the paper in such a sentence.
HYPOTHETICAL = re.compile(
    r"(?:\bif\b.{0,80}\b(?:would|could|might|may)\b|\bwhether\b|\bfuture work\b|\bopen (?:question|problem)|\bremains? (?:to be|unclear|open|untested|unmeasured)\b"
    r"|\bwould (?:give|let|be|need|close)\b|\?\s*$)",
    re.IGNORECASE,
)
#: Where nothing else is known, what a term of a kind is to the paper whose text it stands in.
BY_KIND: dict[Kind, Predicate] = {
    Kind.BENCHMARK: P.EVALUATES_ON,
    Kind.METRIC: P.MEASURES,
    Kind.PROBLEM: P.ADDRESSES,
    Kind.TASK: P.ADDRESSES,
    Kind.TECHNIQUE: P.USES,
    Kind.CONCEPT: P.USES,
    Kind.MODEL: P.USES,
    Kind.HARDWARE: P.USES,
}
#: Cues that a kind cannot follow are read as what the kind allows: nobody "uses" a failure on purpose.
ALLOWED: dict[Kind, frozenset[Predicate]] = {
    Kind.BENCHMARK: frozenset({P.EVALUATES_ON, P.INTRODUCES, P.COMPARES_WITH}),
    Kind.METRIC: frozenset({P.MEASURES, P.INTRODUCES}),
    Kind.PROBLEM: frozenset({P.ADDRESSES, P.INTRODUCES}),
    Kind.TASK: frozenset({P.ADDRESSES, P.EVALUATES_ON, P.INTRODUCES}),
    Kind.TECHNIQUE: frozenset({P.INTRODUCES, P.USES, P.COMPARES_WITH, P.ADDRESSES}),
    Kind.CONCEPT: frozenset({P.INTRODUCES, P.USES, P.COMPARES_WITH, P.ADDRESSES}),
    Kind.MODEL: frozenset({P.INTRODUCES, P.USES, P.COMPARES_WITH, P.EVALUATES_ON}),
    Kind.HARDWARE: frozenset({P.USES, P.EVALUATES_ON, P.COMPARES_WITH}),
}
#: The clause that a cue governs ends here.
BREAK = re.compile(r"[;:]\s|\.\s|—| – |, (?:which|while|whereas|but|so|and then)\b|\bbecause\b|\bwhile\b|\bwhereas\b")
