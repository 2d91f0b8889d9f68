"""Words by which running text names a paper that has no entry of its own. Data only."""

from __future__ import annotations

import re

from kg.extract.patterns import StemmedPattern

#: Capitalised words that open sentences or tell places and times: no name of a paper begins with one alone.
NOT_PAPERS = frozenset(
    (
        "The This That These Those It Its In On At By For From With And But Or So As A An We Our They Their Both Each "
        "All Two Three Today Yesterday Tier Section Figure Table Phase Stage Part Chapter Appendix Composition Cross "
        "Already Unlike While When After Before Paper Papers January February March April May June July August "
        "September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Spring Summer "
        "Contradicts Extends Supports Confirms Explains Resolves Composes Complements Follows Replicates Refutes Echoes Cites "
        "Beats Outperforms Generalizes Generalises Builds Challenges Revisits Compares Answers "
        "Fall Winter Q1 Q2 Q3 Q4 Together Along Update Launch Release Note Notes Source Sources"
    ).split()
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SEASON = "(?:spring|summer|autumn|fall|winter)"
_PERIOD = rf"(?:year|month|week|quarter|{_SEASON}|{_MONTH}|20\d\d)"
_TIME = rf"(?:{_MONTH}|(?:last|this|early|late|mid)[\s-]?{_PERIOD}|{_SEASON}|20\d\d)"
_SCHOLARLY = r"(?:paper|study|preprint|article|survey|audit|report|work)"
_METHOD = r"(?:method|system|approach|framework|technique|scheme|idea|algorithm)"
_WORD = r"(?:[A-Z][\w+&]*(?:-[A-Za-z0-9]+){0,3}(?:\.\d+)?|[a-z]+[A-Z]\w*)"
#: "X (the paper writes ...)" is no paper called X.
_SAYS = r"(?:writes|says|reports|shows|calls|notes|claims|finds|argues|gives|uses|itself|also|does|is|has|states|puts|measures)"
_MARKS = r"[\[\"“*_]{0,3}"
_CLOSING = r"[*_\"”\]]{0,3}"
_PAST = (
    r"(?:showed|proposed|argued|claimed|demonstrated|established|pioneered|introduced|suggested|"
    r"observed that|reported that|found that)"
)


def _name(group: str = "name") -> str:
    return rf"(?P<{group}>{_WORD}(?: {_WORD}){{0,3}})"


def _compile(pattern: str) -> re.Pattern[str]:
    """A pattern in which a space also stands for the end of a line."""
    return re.compile(pattern.replace(" ", r"[ \n]"))


def _stemmed(pattern: str, stems: str) -> StemmedPattern:
    """Such a pattern and its stems, with a space between them."""
    return StemmedPattern(_compile(pattern), tuple(stems.split()))


#: Said only of papers, whatever is named.
SURE: tuple[StemmedPattern, ...] = (
    # "TokenLoom, the July paper that ...", "Still Waters, a spring paper from ..."
    _stemmed(
        rf"(?<![\w-]){_name()}{_CLOSING},? (?:\(|— )?(?:an?|the|another|their|its) "
        rf"(?:(?!of\b|in\b|for\b)[\w'’-]+ ){{0,3}}{_SCHOLARLY}\b(?! {_SAYS}\b)",
        "paper study preprint article survey audit report work",
    ),
    # "Elastic Fences, a method from August"
    _stemmed(
        rf"(?<![\w-]){_name()}, (?:an?|the) (?:[\w-]+ ){{0,2}}{_METHOD} (?:from|of) {_TIME}\b",
        "method system approach framework technique scheme idea algorithm",
    ),
    # "last month's ProofLine"
    _stemmed(rf"\b(?:[Ll]ast|[Tt]his) (?:year|month|week|quarter|{_SEASON})['’]s {_MARKS}{_name()}", "'s ’s"),
    # "the July study Clean Slate claimed"
    _stemmed(
        rf"\b(?:[Tt]he|[Aa]n?|[Tt]heir|recent|{_MONTH}|earlier) (?:study|paper|preprint) (?:called |titled |named |entitled )?"
        rf"{_MARKS}{_name()}(?={_CLOSING}(?:,| \(| (?:that|which|who)\b| [a-z]+(?:ed|s)\b| (?:found|showed)\b))",
        "study paper preprint",
    ),
    # "it supports the warning of TokenLoom", "in case 12, TokenLoom, ..."
    _stemmed(
        r"\b(?:[Ss]upport|[Cc]onfirm|[Cc]ontradict|[Rr]efute|[Ee]cho|[Cc]hallenge|[Rr]epeat)(?:s|es|ed)? the "
        rf"(?:warning|claim|finding|argument|observation|conclusion|hypothesis|thesis|verdict) of {_MARKS}{_name()}",
        "warning claim finding argument observation conclusion hypothesis thesis verdict",
    ),
    _stemmed(rf"\b(?:[Cc]ase|[Ee]ntry) \d{{1,3}}, {_MARKS}{_name()}(?={_CLOSING},)", "ase ntry"),
    # "LabCo's Thinker-1 report"
    _stemmed(rf"(?<=['’]s ){_name()} (?:technical report|report|paper|preprint|study)\b", "report paper preprint study"),
)
#: What a paper does, in the past: a coined name that did is one, unless it is a model or a benchmark.
DID = _stemmed(
    rf"(?:^|(?<=[.!?;:,] )|(?<=\n)|\b(?:[Ww]here|[Ww]hile|[Aa]s|that|and|[Ee]arlier,?) ){_name()} "
    rf"(?:first |already |originally |also )?{_PAST}\b",
    "showed proposed argued claimed demonstrated established pioneered introduced suggested observed reported found",
)
#: "TokenLoom had the idea a year earlier", "TokenLoom made the same argument"
CAME_FIRST = _stemmed(
    rf"(?:^|(?<=[.!?;:,] )|(?<=\n)){_name()} (?:had (?:this|that|the(?: same)?) (?:idea|insight|observation)\b|"
    r"made (?:this|that|the(?: same)?) (?:argument|point|case|claim|observation)\b)",
    "idea insight observation argument point case claim",
)
#: What it did long ago: "GateKeeper opened every lock at once two years ago".
LONG_AGO = StemmedPattern(
    _compile(
        rf"(?:^|(?<=[.!?;:] )|(?<=\n)){_name()} [a-z]+(?:ed|ept|ent|ut|ade) [^.;:\n]{{3,90}}? "
        r"(?:(?:\d+|an?|two|three|four|five|six|ten|several|some) (?:years?|months?) ago|last (?:year|month)|in 20[01]\d)\b"
    ),
    (" ago", "last year", "last month", "in 20"),
)
#: "TokenLoom, in contrast, keeps them all."
CONTRASTED = _stemmed(rf"(?:^|(?<=[.!?;] )|(?<=\n)){_name()}, (?:in|by) contrast,", "contrast")
#: What relates one paper to another before the other's name; it must be a coined one that the vocabulary does not know.
RELATES = _stemmed(
    r"\b(?:extend(?:s|ed|ing)?|buil(?:ds?|t|ding) (?:up)?on|contradict(?:s|ed|ing)?|refut(?:es|ed)|rebut(?:s|ted)|"
    r"disput(?:es|ed)|generali[sz]e[sd]|improves? (?:up)?on|supersede[sd]?|inherit(?:s|ed)? from|echo(?:es|ed)|replicate[sd]|"
    r"revisit(?:s|ed)|"
    r"borrow(?:s|ed)(?: from)?|continue[sd]|follow-?ups? (?:to|of|like|such as)|successor (?:to|of)|rebuttal of|"
    rf"[Ii]n contrast (?:to|with)|as in|[Uu]nlike(?= [^\n,]{{2,60}}, (?:which|whose|where)\b)) "
    rf"(?:the (?:earlier |original |recent )?)?{_MARKS}{_name()}",
    "extend buil contradict refut rebut disput generali improve supersede inherit echo replicate revisit borrow continue "
    "ollow uccessor nlike contrast as",
)
#: The same where nothing else is the subject than the paper whose text it is: "Extends TokenLoom by a second gate."
LEADS = _stemmed(
    r"(?:(?<=[.!?:*_] )|(?<=\n)|^)(?:[Ii]t |[Tt]his |[Tt]he (?:paper|method|work) )?(?:[Dd]irectly |[Aa]lso )?"
    r"(?:[Ee]xtends|[Bb]uilds on|[Cc]ontradicts|[Rr]efutes|[Ss]upports|[Rr]eplicates|[Gg]enerali[sz]es|[Ff]ollow-up (?:to|of)) "
    rf"{_MARKS}{_name()}",
    "xtends uilds ontradicts efutes upports eplicates enerali ollow-up",
)
#: What only papers are to each other, whether the vocabulary knows the name as a method's or not.
LINEAGE = _stemmed(
    rf"\b(?:[Ff]ollow-?ups? (?:to|of|like|such as)|[Ss]uccessors? (?:to|of|like)|rebuttal of) {_MARKS}{_name()}"
    r"|\b(?:borrow|continue|inherit|extend|adopt|follow|revive|reuse|generali[sz]e|contradict|confirm)(?:s|ed)? "
    rf"{_MARKS}{_name('owner')}(?=['’]s? [“\"\w])",
    "ollow uccessor rebuttal borrow continue inherit extend adopt revive reuse generali contradict confirm",
)
_LISTED = rf"{_MARKS}[A-Z][\w+&-]*(?: [A-Z][\w+&-]*){{0,2}}{_CLOSING}(?: variants| and its variants)?"
_LIST = rf"(?P<list>{_LISTED}(?:, {_LISTED}){{0,5}}(?:,? (?:and|or|&) {_LISTED})?)"
_WORK = r"(?:methods?|approach(?:es)?|papers?|works?|systems?|models?|variants|efforts|studies)"
#: Who came after a paper, by what they took from it: "A, B and C all inherit the same recipe", "later methods like A and B".
HEIRS: tuple[StemmedPattern, ...] = (
    _stemmed(
        rf"(?<![\w-]){_LIST} (?:all |both |each |then |later |also )?"
        r"(?:inherit|apply|adopt|follow|reuse|keep|share|continue|build on|carry on|borrow|internali[sz]e)(?:s|es|ed)? "
        r"(?:the same|this|that|its|the|a similar)(?: [\w“”\"→+-]+){0,12}? "
        r"(?:principle|idea|pattern|approach|recipe|trick|line|framework|paradigm|design|template|proposition|insight)\b",
        "principle idea pattern approach recipe trick line framework paradigm design template proposition insight",
    ),
    _stemmed(
        rf"\b(?:[Ss]ubsequent|[Ll]ater|[Ff]ollow-?up|[Ss]uccessor|[Dd]erived) {_WORK},? (?:like|such as|including) {_LIST}",
        "ubsequent ater ollow uccessor erived",
    ),
)
#: One name of such a list.
IN_LIST = re.compile(r"[A-Z][\w+&-]*(?: [A-Z][\w+&-]*){0,2}")
#: The next name of a list: "follow-ups like EchoNet and TwoTower".
ALSO = _compile(rf"{_CLOSING}(?:, and |, | and | or ){_MARKS}{_name()}")
#: A thing that is said, right behind a name, to be none: "extends the Foo library".
NOT_BEHIND = _compile(
    r"[*_\"”]{0,3}(?:-\w|['’]s? (?!idea|approach|method|finding|result|recipe|trick|argument|claim|framework)\w| (?:"
    r"data ?sets?|benchmarks?|models?|architectures?|librar(?:y|ies)|codebase|API|teams?|corpus|suite|leaderboard|family|"
    r"series|variants?|backbones?|tokenizer|encoder|decoder|weights|checkpoints?|engine|language|interface|protocol|hardware|GPUs?|"
    r"chips?|tasks?|loss|objective|optimizer|conference|workshop)\b)"
)
