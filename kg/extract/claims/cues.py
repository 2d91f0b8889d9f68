"""Words that betray what a sentence is, for claims and voices: :mod:`kg.extract.claims.cue_index` explains the notation."""

from __future__ import annotations

import re

from kg.extract.claims.cue_index import inflect
from kg.model import ClaimType, Role, Voice

CLAIM_CUES: dict[ClaimType, dict[float, str]] = {
    ClaimType.OPEN_QUESTION: {
        7: """
            is the question | the question is | open question | open questions | open problem | remains open |
            remains unclear | remains to be seen | untested | unmeasured | unexplored | not yet known | not yet clear |
            an open issue | remains an open | is unknown""",
        4: """
            ^whether | ? | determines whether | near-term experiment | the natural next | research agenda | future work""",
        2: """
            whether | would close | could be replaced | ^composition with | ^composition of""",
    },
    ClaimType.RECOMMENDATION: {
        7: """
            never use | should | worth tracking | worth watching | worth reading | worth trying | must-read |
            recommend~ | ought to | useful reference | practical recipe | the right move | the right comparison |
            the right choice | best practice | has to be | have to be | needs to be | need to be | worth the |
            worth adopting | before shipping | before adding | we advise | drop * into | strong case | the lesson |
            the takeaway | is a must""",
        5: """
            ^teams | ^any team | ^anyone | ^practitioners | ^for teams | ^for practitioners | ^for anyone | ^engineers |
            ^for engineers | ^builders | ^for builders | ^if you | ^developers | ^for developers | ^researchers |
            ^for researchers | ^use | ^prefer | ^treat | ^avoid | ^never | ^start | ^consider | for any team |
            for teams | for anyone | teams running | teams building | practitioners who | practitioners can |
            teams can | drop-in""",
        2.5: """
            never | always | prerequisite | must | actionable | practical | practitioners | deployable | teams |
            providers | consider | pipelines""",
    },
    ClaimType.LIMITATION: {
        7: """
            ^however | ^yet | ^but | ^despite | ^unfortunately | limitation | limitations | drawback | caveat |
            shortcoming | downside | concede~ | does not prove | do not prove | does not benchmark | does not evaluate |
            does not test | does not report | does not address | not research | may not survive | may not hold |
            may not | might not | could not | is expensive | is costly | suffer from | suffers from | is limited |
            are limited | limited to | only evaluated | only tested | no comparison | no ablation | no theory |
            not been tested | none of them | prohibitively | fragile | brittle | overkill | the cost is | the catch is |
            the price is | one weakness | weakness of | weaknesses | was not tested | were not tested | is unclear |
            are unclear | unclear whether | only validated | offers no | study stops | breaks down when | worst part is""",
        4: """
            quietly | breaks | break down | breaks down | hide | hides | struggle~ | collapse | collapses | collapsing |
            lack | lacks | bottleneck | ignore~ | vulnerable | unreliable | unstable | drop significantly |
            drops significantly | degrades | degrade | expensive | costly | too slow | blind to | footnote | overlook~ |
            neglect~ | however | ^yet | ^but | despite | expose~ | inefficient | infeasible | impractical | lose | loses""",
        2: """
            risk | risks | cannot | can't | fail | fails | failing | does not | do not | doesn't | don't | only |
            hard to | difficult | difficulty | problem | problems | challenge | challenges | challenging | poor |
            poorly | weak | insufficient | demands | requires | require | even when | still | unless | at the cost of |
            currently""",
    },
    ClaimType.COMPARISON: {
        7: """
            outperform~ | surpass~ | beats | beat | beating | on par with | comparable to | compared to |
            compared with | better than | worse than | faster than | higher than | lower than | smaller than |
            larger than | rival | rivals | unlike | in contrast | by contrast | versus | vs | whereas | complementary |
            complement to | complement | redundant | competitive with | match the performance | superior to |
            over the baseline | state-of-the-art baselines | the same as | differ from | differs from |
            practitioner-side | matches the performance | as opposed to | relative to | in comparison | as accurate as |
            as good as | as fast as | complements | agrees with""",
        3: """
            than | different from | baseline | baselines | alternative to | ^both | similar to | exceed~ | counterpart |
            contrast | compare~ | matches | prior methods | previous methods | existing methods | the former |
            this paper says | same diagnosis""",
        1.5: """
            rather than | instead of | both | approaches | gap between""",
    },
    ClaimType.DEFINITION: {
        7: """
            is defined as | are defined as | refers to | refer to | stands for | is called | we define | define~ |
            formalize~ this as | formal criterion | benchmark across | ^a benchmark | ^a dataset | ^a new benchmark |
            ^a large-scale dataset | ^a new dataset | ^an open | ^a survey | ^a new class | ^a library | ^a toolkit |
            ^a new open | ^a family | new class of | known as | is a benchmark | is a dataset | is a framework |
            consists of questions""",
        4: """
            ^a new | ^a framework | ^a method | ^a model | ^an approach | ^a technique | ^a comprehensive | ^a unified |
            ^a novel | is a structured | is a technique | is a method | is a family | is the task | questions on |
            a hybrid | the problem of | the task of | a benchmark""",
        2: """
            is a | is an | where | benchmark | dataset | framework for | a set of""",
    },
    ClaimType.MARKET: {
        6: """
            ipo | funding | valuation | revenue | arr | capex | market share | acquisition | acquires | acquired |
            raised | raises | shareholders | stock | investors | venture | venture-funded | startup | startups |
            per image | pricing | customers | layoffs | antitrust | b2b | subsidiary | emerges from stealth |
            the decoder | bloomberg""",
        3: """
            deal | deals | price | priced | prices | company | companies | ceo | launch | launches | launched |
            enterprise | market | developers prefer | industry | providers | commitment | capacity | supply |
            demand-side | supply-side | customer | quarter | investment | partnership | frontier labs | willing to pay |
            hires | hiring | spending | billions""",
    },
    ClaimType.MECHANISM: {
        5: """
            ^we propose | ^we introduce | ^we present | ^this paper proposes | ^this paper presents | propose~ |
            introduce~ | presents a | presents an | works by | work by | during training | is trained | are trained |
            trained on | trained with | trained to | first * then | in two stages | two-stage | three-stage |
            stagewise | at generation time | at inference time | is computed | are computed | is updated |
            the key idea | the core idea | the main idea | the idea is | the mechanism | mechanistically |
            conditioned on | the loss | the objective is | pipeline that | framework that | architecture that |
            method that | approach that | leverage~ | utilize~ | decouple~ | decompose~ | then deploy | fine-tunes |
            by combining | by using | by training | via | employ~ | incorporate~ | stays frozen | stay frozen |
            remains frozen | is frozen | are frozen | kept frozen | the method is | warmed up""",
        3: """
            produce~ | receive~ | average~ | redistribute~ | sharpen~ | bias~ | concentrate~ | suppress~ | inject~ |
            freeze~ | unroll~ | interleave~ | alternate~ | concatenate~ | normalize~ | perturb~ | remove~ | assign~ |
            partition~ | emit~ | steer~ | rerank~ | traverse~ | summarize~ | refine~ | verify~ | iterate~ | propagate~ |
            accumulate~ | fuse~ | conditions on | unfold~ | starve~ | form | forms | scored by | recovers | encode~ |
            decode~ | map~ | maps | train~ | use~ | compute~ | store~ | update~ | replace~ | combine~ | convert~ |
            generate~ | sample~ | retrieve~ | select~ | selectively | aggregate~ | weight~ | reweight~ | learn~ |
            predict~ | run~ | runs | split~ | splits | add~ | merge~ | prune~ | quantize~ | distill~ | cache~ | evict~ |
            route~ | mask~ | project~ | attend~ | optimize~ | evaluate~ | allocate~ | extract~ | apply~ | build~ |
            builds | construct~ | transform~ | absorb~ | preserve~ | capture~ | because | embed | policy | embeds |
            maintain~ | integrate~ | adapt~ | align~ | create~""",
        1: """
            layer | layers | loop | encoder | decoder | gradient | embedding | embeddings | stage | phase | token |
            tokens | loss | teacher | student | hidden state""",
    },
    ClaimType.FINDING: {
        4: """
            show~ | shows | shown | find | finds | found | findings | demonstrate~ | achieve~ | reach | reaches |
            reached | yield~ | improve~ | reduce~ | results | outperforms | validate~ | confirm~ | reveal~ | suggest~ |
            report~ | reported | establish~ | evidence | accuracy | points | percent | gain | gains | lift~ | drop~ |
            drops | cut~ | cuts | speedup | reduction | sufficient | suffices | is possible | succeed~ | consistent |
            today | solved | state of the art | state-of-the-art | sota""",
        2: """
            now | prove~ | proves | claim~ | argue~ | indicate~ | observe~ | rate | % | first to | new point |
            new front | dominant | settle~ | complete | evidence that | highly sensitive | works | viable""",
        1: """
            is | are | has | have | will""",
    },
}
#: No type may win by a heap of weak words.
CEILING: dict[ClaimType, float] = {
    ClaimType.OPEN_QUESTION: 12,
    ClaimType.RECOMMENDATION: 10,
    ClaimType.LIMITATION: 8.5,
    ClaimType.COMPARISON: 10,
    ClaimType.DEFINITION: 8,
    ClaimType.MARKET: 12,
    ClaimType.MECHANISM: 6.5,
    ClaimType.FINDING: 6.5,
}
#: Which type wins at equal scores.
PRIORITY: tuple[ClaimType, ...] = (
    ClaimType.MARKET,
    ClaimType.OPEN_QUESTION,
    ClaimType.RECOMMENDATION,
    ClaimType.COMPARISON,
    ClaimType.FINDING,
    ClaimType.MECHANISM,
    ClaimType.LIMITATION,
    ClaimType.DEFINITION,
)

VOICE_CUES: dict[Voice, dict[float, str]] = {
    Voice.DOCUMENT: {
        6: """
            the wiki | wiki | the digest | this digest | this brief | the newsletter | worth tracking | worth watching |
            worth reading | should | teams | practitioners | anyone | useful reference | practical recipe |
            strong case | must-read | our view | why it matters | research angle | the takeaway | in our opinion | tier""",
        3: """
            load-bearing | the cleanest | structurally | cleanest | interesting | today | today's | signal | textbook |
            the first to | quietly | surprisingly | elegant | worth the | will be | thread | operationally |
            the picture | the framing | the field | practical | practically""",
        1.5: """
            likely | may | might | would | if the""",
    },
    Voice.PAPER: {
        5: """
            the paper | this paper | the authors | we | they show | argues | argue | shows | show | claims | reports |
            finds | proves | proposes | introduces | demonstrates | evaluates""",
        2: """
            achieves | reaches | outperforms | improves | reduces | uses | trains""",
    },
}

#: What a digest says of a thing when it only praises it, and how much. Patterns, as all below.
EVALUATIVE = (
    "small|clean|simple|direct|rich|operational|neat|elegant|clear|obvious|straightforward|timely|interesting"
    "|structurally interesting"
    "|load-bearing|productive|important|key|right|practical|useful"
)
DEGREES = "very |quite |also |refreshingly |unusually |deliberately |surprisingly "
#: Labels that digests put before a sentence.
LABELS = (
    r"why it matters|research angle|takeaways?|tl;dr|key (?:idea|result|finding)s?|bottom line|cross-source"
    r"|twitter signal|caveats?"
    r"|limitations?|the thesis|(?:cross-paper )?(?:thread|connection|theme|pattern)\s*#?\d{0,2}"
)
#: How lines begin that only point somewhere or frame a forecast.
POINTERS = (
    r"falsifiable\b|sources?:|links?:|tags?:|via:|→|->|read more|full (?:paper|post|story|summary)|https?://"
    r"|abs(?:tract)?:|authors?:"
    r"|keywords?:|published|arxiv\W*\d|see (?:also )?(?:the )?\w+\W*$|(?:(?:wiki )?summary|link|paper|tweet|code)\W*$"
)
#: What a section's heading promises of its sentences. Patterns.
HEADINGS: dict[ClaimType, str] = {
    ClaimType.LIMITATION: "limitation|caveat|drawback|weakness|shortcoming|what it does not|risks?$|failure",
    ClaimType.OPEN_QUESTION: "open (?:question|problem)|future work|what(?:'s| is) next|unknowns",
    ClaimType.RECOMMENDATION: "recommendation|takeaway|in practice|what to do|advice|implications for",
    ClaimType.COMPARISON: "comparison|compared (?:to|with)|versus|\\bvs\\b",
    ClaimType.FINDING: "result|experiment|finding|evaluation|ablation",
    ClaimType.MECHANISM: "how it works|method|approach|architecture|algorithm|training recipe|core idea|key idea|design",
}
LIST_ROLES = frozenset({Role.TLDR, Role.ENTRIES, Role.QUICK_HITS, Role.PULSE, Role.PREDICTIONS, Role.THREADS})
ASKING = re.compile(
    r"[\s*_#>•-]*(?:research angle|open questions?|open problems?|future work|questions?|what(?:'s| is) next|unknowns?)\W",
    re.IGNORECASE,
)
_REGULAR = """
look reference cite echo mirror compose embed achieve accept act adapt add address adopt affect aim align allow analyze
announce appear apply approach argue ask
assume attack attend balance base boost bound bridge build call cause challenge change claim combine come compare
compete compress compute conduct confirm consider consist contain continue control convert create decide decline define
degrade deliver demand demonstrate depend deploy derive describe detect determine develop differ discard discuss
disappear drop earn eliminate emerge employ enable encode enforce enhance ensure escape establish estimate evaluate
exceed exist expand expect explain exploit explore expose extend extract fail fall favor feature fix flag focus follow
force formalize frame function gain generalize generate grow handle happen help hide highlight hire hit hold identify
ignore illustrate impact implement imply improve include increase indicate induce inform inherit integrate introduce
investigate involve join jump keep lack land lag launch lead learn let leverage lift limit link lose maintain map mask
match measure merge mirror miss mitigate model move need offer open operate optimize outperform overtake own pair
parallelize pass pay perform persist plan point predict prefer present preserve prevent produce project promise propose
prove provide prune publish push quadruple question raise ramp reach read rebound recommend recover reduce reframe
refuse regress release rely remain remove replace report reposition represent reproduce require rescue resolve respond
retain retrieve return reveal rewrite rise rival route run sample satisfy save scale score see seem select sell separate
serve set settle ship show shift sidestep signal simplify skip solve sort specialize split spread stack stall start
state stay stop store struggle succeed suffer suffice suggest supply support surpass surge survive switch take target
teach tell tend test think tie trace track trade train transfer transform treat trigger tune turn uncover underperform
unify unlock update upgrade use utilize validate vary want win work yield"""
_IRREGULAR = """
went won is are was were has have had does do did can cannot could will would should may might must isn't aren't doesn't don't
can't won't becomes became begins began brings brought breaks broke built came chose cost cuts does drew drives drove
fell finds found gave gets gives goes got grew held kept knows knew leads led left lets loses lost made makes means
meant met paid puts ran rose said sat saw says sells sent sets shows showed shown sits spent stands stood takes took
taught told thinks thought understands wins won writes wrote beats we"""
#: Verbs that are more often nouns in their third person: not counted.
_NOUNS = frozenset(
    {
        "model",
        "function",
        "question",
        "state",
        "test",
        "score",
        "sample",
        "report",
        "signal",
        "attack",
        "note",
        "gap",
        "frame",
        "feature",
        "scale",
        "project",
        "fix",
    }
)
#: Words that are finite verbs more often than not at the heart of a sentence: auxiliaries and the third persons.
VERBS = frozenset(_IRREGULAR.split()) | {form for verb in _REGULAR.split() if verb not in _NOUNS for form in inflect(verb)[1:3]}
#: Those of them that are no participles: "scored" may stand in a title, "scores" hardly.
FINITE = frozenset(verb for verb in VERBS if not verb.endswith("ed"))
