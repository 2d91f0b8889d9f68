"""Words that relate one paper to another: data for :mod:`kg.extract.paper_relations`. All patterns; case does not matter."""

from __future__ import annotations

from kg.model import Predicate

_ADVERB = r"(?:\s+(?:cleanly|well|naturally|directly|further|nicely|closely|heavily|explicitly|also))?"

#: What stands between a subject and an object: "X extends Y". The object follows within a few words.
FORWARD: tuple[tuple[Predicate, str], ...] = (
    (
        Predicate.EXTENDS,
        rf"extend(?:s|ed|ing)?|buil(?:ds?|t|ding){_ADVERB}\s+(?:up)?on(?:\s+top\s+of)?|generali[sz]e[sd]?"
        rf"|(?:a\s+)?follow-?(?:up|on)\s+(?:to|of)"
        r"|(?:the\s+)?(?:upstream|downstream|multimodal|scaled-up|production-scale|larger|general)\s+version\s+of"
        r"|successor\s+(?:to|of)"
        r"|inherits\s+from|(?:a\s+)?variant\s+of|improves\s+(?:up)?on|picks\s+up\s+where|applies\s+the\s+same\s+\w+\s+as",
    ),
    (
        Predicate.COMPOSES_WITH,
        rf"compos(?:es?|ed|ing){_ADVERB}\s+with|composition\s+with|combin(?:es?|ed|ing){_ADVERB}\s+with|stack(?:s|ed"
        rf"|ing)?{_ADVERB}\s+with"
        r"|pair(?:s|ed|ing)?\s+(?:\w+\s+)?with|layered\s+on(?:\s+top\s+of)?|plugs\s+into|slots\s+into|orthogonal\s+to"
        r"|stacks\s+on(?:\s+top\s+of)?|together\s+with|adds?\s+to",
    ),
    (
        Predicate.CONTRADICTS,
        r"contradict(?:s|ed|ing)?|refute[sd]?|disput(?:es?|ed)|rebut(?:s|ted)?|(?:is\s+)?at\s+odds\s+with"
        r"|in\s+(?:direct\s+)?tension\s+with"
        r"|conflict(?:s|ed|ing)?\s+with|overturn(?:s|ed)?|undermine[sd]?|argu(?:es|ed|ing)\s+against|disagrees?\s+with"
        r"|pushes\s+back\s+(?:on|against)"
        r"|challenge[sd]?|questions|(?:is\s+)?inconsistent\s+with|calls\s+into\s+question",
    ),
    (
        Predicate.SUPPORTS,
        r"confirmation\s+(?:paper\s+)?(?:of|for)|confirm(?:s|ed|ing)?|corroborate[sd]?|(?:is\s+"
        r"|are\s+)?consistent\s+with|support(?:s|ed|ing)?"
        r"|validate[sd]?|match(?:es|ed)?(?=\s+[^.;]{0,60}\bresults?\b)|agrees?\s+with|replicate[sd]?|reproduce[sd]?"
        r"|(?:independent\s+)?evidence\s+for"
        r"|(?:the\s+)?(?:same|shared)\s+(?:diagnosis|conclusion|finding|result)\s+as|(?:theoretical\s+)?(?:grounding"
        r"|foundation|backing)\s+(?:for|of|that)?"
        r"|lends?\s+weight\s+to|in\s+line\s+with|echo(?:es|ed)?|reinforce[sd]?",
    ),
    (
        Predicate.EXPLAINS,
        r"explain(?:s|ed|ing)?(?:\s+why)?|predict(?:s|ed)?(?:\s+(?:that|why))?(?=\s+[^.;]{2,60}\b(?:works?|fails?"
        r"|succeeds?|because|should)\b)"
        r"|account(?:s|ed)?\s+for|(?:mechanism|theory|reason|explanation)\s+(?:behind|for|under(?:lying|neath))"
        r"|sheds?\s+light\s+on|formali[sz]es"
        r"|(?:gives|provides|offers|adds)\s+the\s+(?:theory|mechanism|explanation)\s+(?:for|of|behind)|diagnose[sd]?",
    ),
    (
        Predicate.RESOLVES,
        r"resolve[sd]?|clos(?:es|ed)\s+the\s+(?:\w+\s+){0,2}(?:gap|loop|question)\s+(?:left\s+)?(?:by|of|in|from)"
        r"|answer(?:s|ed)|settle[sd]?"
        r"|fix(?:es|ed)|address(?:es|ed)\s+(?:the\s+)?(?:\w+\s+){0,2}(?:limitation|weakness|gap|failure)s?\s+(?:of|in)",
    ),
    (
        Predicate.COMPARES_WITH_PAPER,
        r"unlike|(?:set|put|placed)\s+(?:beside|next\s+to|against)|complement(?:s|ary)?(?:\s+(?:to|of|with))?"
        r"|compar(?:ed|able|es?)\s+(?:to|with)|versus|vs\.?"
        r"|in\s+contrast\s+(?:to|with)"
        r"|differs?\s+from|different\s+from|(?:an?\s+)?alternative\s+to|counterpart\s+(?:to|of)"
        r"|(?:the\s+)?same\s+(?:\w+\s+)?as|sibling\s+(?:of|to)"
        r"|(?:the\s+)?inverse\s+of|(?:the\s+)?(?:dual|mirror\s+image)\s+of|outperform(?:s|ed|ing)?|beat(?:s|ing)?"
        r"|surpass(?:es|ed)?|rather\s+than"
        r"|similar\s+to|analogous\s+to|parallel\s+to|contrasts?\s+with|contrasted\s+with|side\s+by\s+side\s+with|mirrors",
    ),
    (
        Predicate.CITES,
        r"cross-?references?|cites?|cited|citing|references|refers\s+to|see\s+also|revisits|recalls|draws\s+on"
        r"|inspired\s+by|motivated\s+by"
        r"|in\s+the\s+(?:spirit|tradition)\s+of|following\s+up\s+on|borrows\s+(?:\w+\s+){0,3}from",
    ),
)

#: The object comes first: "Y was extended by X".
BACKWARD: tuple[tuple[Predicate, str], ...] = (
    (Predicate.EXTENDS, r"(?:extended|generali[sz]ed|picked\s+up|refined)\s+by"),
    (Predicate.CONTRADICTS, r"(?:contradicted|refuted|disputed|challenged|undermined|overturned)\s+by"),
    (Predicate.SUPPORTS, r"(?:confirmed|corroborated|supported|validated|replicated|reproduced|backed)\s+by"),
    (Predicate.EXPLAINS, r"(?:explained|predicted|formali[sz]ed|diagnosed)\s+by"),
    (Predicate.RESOLVES, r"(?:resolved|answered|settled|fixed)\s+by"),
)

#: A sentence whose subject is another paper, in a paper's own text: "X's paper is the diagnostic note" (on this one).
ABOUT_HERE: tuple[tuple[Predicate, str], ...] = (
    (
        Predicate.EXPLAINS,
        r"\b(?:(?:is|gives|provides|adds|supplies)\s+the\s+(?:diagnostic|diagnosis|failure[\s-]taxonomy|theory"
        r"|mechanism|explanation"
        r"|theoretical\s+\w+|formal\s+\w+)|traces\b|(?:explains|describes|says)\s+(?:why|what|how|when)\b)",
    ),
    (Predicate.EXTENDS, r"\bis\s+the\s+(?:natural\s+)?(?:follow-?up|extension|next\s+step|production-scale\s+version)\b"),
    (
        Predicate.SUPPORTS,
        r"\b(?:reports?|reaches?|finds?|found|arrives\s+at|makes)\s+the\s+same\s+(?:\w+\s+)?"
        r"(?:diagnosis|conclusion|finding|result)\b",
    ),
    (
        Predicate.COMPARES_WITH_PAPER,
        r"\b(?:takes|took|makes)\s+the\s+opposite\b|\bis\s+the\s+(?:\w+-side\s+|natural\s+)?(?:complement|counterpart)\b",
    ),
)

#: Said of the two papers named last: "The two compose."
OF_BOTH: tuple[tuple[Predicate, str], ...] = (
    (Predicate.COMPOSES_WITH, r"(?:the\s+two|they|both|these\s+two)\b[^.;]{0,40}?\b(?:compose|stack|combine)\b"),
    (
        Predicate.SUPPORTS,
        r"(?:the\s+)?two\s+(?:independent\s+)?(?:papers|groups|results|sources|teams)\b[^.;]{0,60}?\b(?:same|agree"
        r"|one)\s+(?:\w+\s+)?"
        r"(?:diagnosis|conclusion|finding|result|answer|story)",
    ),
    (
        Predicate.CONTRADICTS,
        r"(?:the\s+two|they|these\s+two)\s+(?:(?:papers|results|findings)\s+)?(?:contradict|disagree|conflict"
        r"|cannot\s+both)\b",
    ),
    (
        Predicate.COMPARES_WITH_PAPER,
        r"(?:the\s+two|they|both|these\s+two|the\s+(?:papers|approaches|methods))\s+(?:(?:papers|approaches|methods"
        r"|mechanisms)\s+)?"
        r"(?:are\s+(?:complementary|orthogonal|not\s+redundant|alternatives|duals?|two\s+sides)|cover\s+different"
        r"|differ\b|attack\s+the\s+same"
        r"|(?:reduce|target|address|solve|tackle)\b[^.;]{0,50}\b(?:different|same|opposite))|two\s+(?:complementary"
        r"|different|orthogonal|opposite)\s+",
    ),
)

#: "extended the same principle": the object is what the sentence before was about.
SAME_IDEA = (
    r"\s+(?:(?:on|the|this|that|same|very|core)\s+){1,3}(?:principle|idea|pattern|approach|recipe|trick|line|logic|argument"
    r"|method)\b"
)
#: "is the upstream version:": the object is what the sentence before named.
UNNAMED = r"\bis\s+(?:the|an?)\s+(?:upstream|downstream|multimodal|scaled-up|production-scale|larger|general)\s+version\s*[:,.]"
NEGATION = r"\b(?:not|n['’]t|never|neither|nor|no|cannot|without|hardly|rather\s+than)\b[^.;,]{0,20}$|n['’]t\s[^.;,]{0,12}$"
HYPOTHESIS = r"\b(?:whether|would|could|may|might|should|if|untested|unknown|open question|asked?|asks)\b|\?\s*$"
