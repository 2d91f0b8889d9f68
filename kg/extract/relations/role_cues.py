"""Words that tell what a term is to a paper. Data only: each predicate with the words that stand before a term, and behind it.

Which sight counts for how much where they differ was chosen on digests read by hand;
:mod:`kg.extract.relations.roles` says how.
"""

from __future__ import annotations

import re

from kg.extract.patterns import StemmedPattern, compile_lower
from kg.model import Kind, Predicate

P = Predicate


def _verbs(words: str) -> str:
    """A pattern for regular verbs in their usual endings; irregular forms are listed as they are."""
    forms = []
    for word in words.split():
        stem = re.escape(word[:-1] if word.endswith("e") else word)
        forms.append(f"{stem}(?:e?s|ed|e|ing)" if word.endswith("e") else f"{stem}(?:s|es|ed|{word[-1]}?ing|{word[-1]}ed)?")
    return "|".join(forms)


#: Cues that stand before the term, in the same clause. Where several stand there the last one counts.
BEFORE: tuple[tuple[Predicate, re.Pattern[str]], ...] = tuple(
    (predicate, compile_lower(rf"\b(?:{'|'.join(parts)})\b"))
    for predicate, parts in (
        (
            P.INTRODUCES,
            (
                _verbs("introduce propose present release develop formalize formalise contribute coin unveil open-source"),
                _verbs("establish devise invent name define"),
                "derives?|derived|a new|a novel|the first",
                "builds? a|built a|creates? a|created a|designs? a|designed a",
            ),
        ),
        (
            P.COMPARES_WITH,
            (
                _verbs("outperform surpass exceed match rival beat"),
                r"beaten|unlike|versus|vs\.?|compared (?:to|with)|than|rather than|instead of|in contrast to|as opposed to",
                "over (?:the )?(?:standard|strong|prior|baseline)|relative to|against|on par with",
                "(?:comparable|competitive) (?:to|with)|better than|alternative to|replaces?|replacing",
                "baselines? (?:such as|like|including)",
            ),
        ),
        (
            P.ADDRESSES,
            (
                _verbs("address target tackle mitigate prevent reduce solve fix avoid suppress eliminate alleviate combat"),
                _verbs("remedy counter curb handle attack study investigate analyze analyse explore examine explain"),
                _verbs("diagnose improve enhance boost accelerate"),
                "overcomes?|overcame|overcoming|problem of|issue of|challenges? of|bottleneck of|for (?:the )?(?:task of )?",
                "towards?|focus(?:es|ed)? on|aims? (?:at|to)|designed for|drops?|lowers?|cuts?",
            ),
        ),
        (
            P.EVALUATES_ON,
            (
                _verbs("evaluate test validate benchmark experiment"),
                "on|across|over (?:a |the )?(?:suite|set|range|variety) of|scores? (?:on|of)|tested with",
                "(?:results|performance|state-of-the-art|gains) on|benchmarks? such as|including",
            ),
        ),
        (P.MEASURES, (_verbs("measure quantify report track score"), "in terms of|as measured by|metrics? such as")),
        (
            P.USES,
            (
                _verbs("use employ leverage apply adopt combine incorporate integrate exploit utilize utilise train add run"),
                _verbs("extend adapt initialize condition replace distill sample"),
                "via|with|using|by|through|based on|built on(?: top of)?|builds? on|on top of|relies on|relying on|rely on",
                "powered by|consists? of|comprises?|composed of|inspired by|from|into",
            ),
        ),
    )
)
#: Cues that stand right behind the term.
BEHIND: tuple[tuple[Predicate, re.Pattern[str]], ...] = (
    (P.COMPARES_WITH, compile_lower(r"\s*(?:-style )?(?:baselines?|counterparts?|methods? cannot|alone)\b")),
    (
        P.EVALUATES_ON,
        compile_lower(r"\s*(?:benchmarks?|datasets?|test set|leaderboards?|tasks? (?:show|demonstrate))\b"),
    ),
    (P.USES, compile_lower(r"(?:-based|-style|-trained|-driven|-guided)\b")),
    (P.USES, compile_lower(r"\s(?:is|are) (?:used|applied|employed|adopted|added)\b")),
)

#: What stands between a verb and the name that is its object.
_DETERMINER = r"(?:(?:an?|the|its|their|two|three|four|\d{1,2})\s)?(?:(?:new|novel|simple|first|open|open-source)\s){0,2}"
_MARKS = r"[*_`\"“(]{0,3}$"
#: A verb of making whose object begins here: "proposes a new ...", "introduces an approach, ...".
MADE = compile_lower(
    r"\b(?:introduc(?:es?|ed|ing)|propos(?:es?|ed|ing)|present(?:s|ed|ing)?|releas(?:es?|ed|ing)|unveil(?:s|ed|ing)?"
    rf"|coin(?:s|ed|ing)?|contribut(?:es?|ed))\s{_DETERMINER}"
    r"(?:(?:[\w-]+\s){0,3}(?:approach|method|framework|model|system|benchmark|dataset|technique|algorithm|architecture|suite"
    rf"|family|objective|loss|metric),?\s)?{_MARKS}"
)
#: What is said to be the paper's own, before its name: "their method, ", "its tool ".
OWN = compile_lower(
    r"\b(?:their|our|its)\s(?:own\s|new\s|open\s){0,2}(?:methods?|systems?|tools?|polic(?:y|ies)|models?|algorithms?|approach|"
    r"frameworks?|benchmarks?|data ?sets?|schemes?|techniques?|remedy|fix|attack|defen[sc]e|library|optimizer|metric|"
    rf"architecture|variant|answer|proposal),?\s{_MARKS}"
)
_CALL = r"(?:calls?|dubs?|names?|terms?|coins?|labels?)"
#: The authors give the thing its name: "which the authors call", "we dub the effect", "an attack called". Who "calls X a
#: game" names nothing.
CALLED = StemmedPattern(
    compile_lower(
        rf"(?:\b(?:which|that|what)\s(?:the\s)?(?:authors?|paper|they|we|team|researchers)\s{_CALL}\s(?:(?:an?|the)\s)?"
        rf"|\b(?:authors?|paper|they|we|team|researchers)\s(?:also\s)?{_CALL}\s(?:this|that|it|the|their|these|such|its)\s"
        rf"(?:[\w-]+\s){{0,3}}|(?<!so-)(?<!often )(?<!also )(?<!commonly )(?<!usually )\b(?:called|dubbed|named|termed)\s)"
        rf"{_MARKS}"
    ),
    ("call", "dub", "name", "term", "coin", "label"),
)
#: A name ends here, and not only the first word of one: "calls the gap router debt".
CALLED_END = re.compile(
    r"[*_`\"”’')]{0,3}(?:$|[\n.,;:(—–]|\s(?:[\n(—–-]|(?:and|or|but|which|that|because|since|as|for|in|on|of|to|after|"
    r"is|are|was|were|by|with|from|when|where|it|they|has|have|[a-z]{2,}s)\b))"
)
#: A definition follows: "X, a ...", "X (XY), which ...".
DEFINED = re.compile(r"[*_`\"”)]{0,3}(?:\s?\([^()\n]{1,40}\))?[*_]{0,2},?\s(?:an?|which|that)\b")

#: A paper that does without a thing does not use it.
DENIED = compile_lower(
    r"\b(?:without|no|not|never|neither|nor|cannot|does not|do not|did not|doesn't|don't|isn't|aren't|no longer|free of"
    r"|instead of|rather than|avoid(?:s|ing)?(?: the need for)?|eliminat\w+ the need for)"
    r"(?:\s+(?:any|a|an|the|need(?:ing)?|requir\w+|rely\w* on|using|use|full|additional|extra|explicit|further|require|for))*"
    r"\s*$"
)
#: What a paper does in place of another thing: it compares with that.
INSTEAD = compile_lower(r"\b(?:instead of|rather than|unlike)\s+(?:\w+\s+){0,3}$")
#: Nothing is asserted of the paper in such a sentence.
HYPOTHETICAL = StemmedPattern(
    compile_lower(
        r"(?:\bif\b.{0,80}\b(?:would|could|might|may)\b|\bwhether\b|\bfuture work\b|\bopen (?:question|problem)"
        r"|\bremains? (?:to be|unclear|open|untested|unmeasured)\b|\bwould (?:give|let|be|need|close)\b|\?\s*$)"
    ),
    ("would", "could", "might", "may", "whether", "future work", "open ", "remain", "?"),
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
#: Kinds that tell by themselves what a paper does with the thing.
TELLING = frozenset({Kind.BENCHMARK, Kind.METRIC, Kind.HARDWARE, Kind.PROBLEM})
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
#: Parts of speech of a verb that has the term before it as its subject.
FINITE = frozenset({"VERB", "AUX"})
#: Words that open a clause of its own, whose subject the term may be.
OPENS_CLAUSE = compile_lower(r",\s(?:and\s)?|\b(?:and|that|when|where|as|if|since|but|so)\b")
