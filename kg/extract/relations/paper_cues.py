"""Words that relate one paper to another: data for :mod:`kg.extract.relations.papers`. All patterns; case does not matter."""

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
        r"|inherits\s+from|(?:a\s+)?variant\s+of|improves\s+(?:up)?on|picks\s+up\s+where|applies\s+the\s+same\s+\w+\s+as"
        r"|(?:is\s+)?(?:based|modell?ed)\s+on|(?:an?\s+|the\s+)?(?:\w+\s+)?extension\s+(?:of|to)|starts\s+from"
        r"|continues|carries\s+(?:on|forward)|goes\s+beyond|adapts|refines|scales\s+up|borrows(?:\s+\w+){0,3}\s+from|borrows"
        r"|(?:the\s+)?next\s+step\s+after|internali[sz]es",
    ),
    (
        Predicate.COMPOSES_WITH,
        rf"compos(?:es?|ed|ing){_ADVERB}\s+with|composition\s+with|combin(?:es?|ed|ing){_ADVERB}\s+with|stack(?:s|ed"
        rf"|ing)?{_ADVERB}\s+with"
        r"|pair(?:s|ed|ing)?\s+(?:\w+\s+)?with|layered\s+on(?:\s+top\s+of)?|plugs\s+into|slots\s+into|orthogonal\s+to"
        r"|stacks\s+on(?:\s+top\s+of)?|together\s+with|adds?\s+to"
        r"|(?:could|can|would|might|may)\s+(?:replace|serve|supply|feed|power|drive|slot|plug|take|be\s+(?:used|added))\b"
        r"[^.;,]{0,40}?\b(?:in|into|inside|for|to|with)",
    ),
    (
        Predicate.CONTRADICTS,
        r"contradict(?:s|ed|ing)?|refute[sd]?|disput(?:es?|ed)|rebut(?:s|ted)?|(?:is\s+)?at\s+odds\s+with"
        r"|in\s+(?:direct\s+)?tension\s+with"
        r"|conflict(?:s|ed|ing)?\s+with|overturn(?:s|ed)?|undermine[sd]?|argu(?:es|ed|ing)\s+against|disagrees?\s+with"
        r"|pushes\s+back\s+(?:on|against)"
        r"|challenge[sd]?|questions|(?:is\s+)?inconsistent\s+with|calls\s+into\s+question|casts?\s+doubt\s+on"
        r"|(?:fail(?:s|ed)?\s+to|cannot|could\s+not)\s+(?:reproduce|replicate|confirm)|counter-?examples?\s+to"
        r"|runs?\s+counter\s+to|rejects|debunks|weakens\s+the\s+case\s+for|incompatible\s+with",
    ),
    (
        Predicate.SUPPORTS,
        r"confirmation\s+(?:paper\s+)?(?:of|for)|confirm(?:s|ed|ing)?|corroborate[sd]?|(?:is\s+"
        r"|are\s+)?consistent\s+with|support(?:s|ed|ing)?"
        r"|validate[sd]?|match(?:es|ed)?(?=\s+[^.;]{0,60}\bresults?\b)|agrees?\s+with|replicate[sd]?|reproduce[sd]?"
        r"|(?:independent\s+)?evidence\s+for"
        r"|(?:the\s+)?(?:same|shared)\s+(?:diagnosis|conclusion|finding|result)\s+as|(?:theoretical\s+)?(?:grounding"
        r"|foundation|backing)\s+(?:for|of|that)?"
        r"|lends?\s+(?:weight|support)\s+to|in\s+(?:line|agreement)\s+with|echo(?:es|ed)?|reinforce[sd]?|bears?\s+out"
        r"|back(?:s|ed)\s+up|strengthens\s+the\s+case\s+for|verifies",
    ),
    (
        Predicate.EXPLAINS,
        r"explanation\s+(?:\w+\s+)?(?:covers|applies\s+to|holds\s+for|fits|accounts\s+for)|(?:shows|tells|reveals)\s+why"
        r"|explain(?:s|ed|ing)?(?:\s+why)?|predict(?:s|ed)?(?:\s+(?:that|why))?(?=\s+[^.;]{2,60}\b(?:works?|fails?"
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
        r"|(?:\w+er|more|less|worse)\s+(?:[\w-]+\s+){0,3}?than|(?:ahead|short)\s+of"
        r"|(?:gains?|improvements?|advantage|lead)\s+(?:of\s+[^.;,]{1,20}\s+)?over|against\s+[\d.,]{1,9}[%x]?\s+(?:for|of|by|with)"
        r"|similar\s+to|analogous\s+to|parallel\s+to|contrasts?\s+with|contrasted\s+with|side\s+by\s+side\s+with|mirrors",
    ),
    (
        Predicate.CITES,
        r"cross-?references?|cites?|cited|citing|references|refers\s+to|see\s+also|revisits|recalls|draws\s+on"
        r"|inspired\s+by|motivated\s+by"
        r"|in\s+the\s+(?:spirit|tradition)\s+of|following\s+up\s+on",
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
    (
        Predicate.EXTENDS,
        r"\bis\s+the\s+(?:natural\s+)?(?:follow-?up|extension|next\s+step|production-scale\s+version)\b"
        r"|\bis\s+(?:essentially|basically|in\s+effect)\s+(?:this|the\s+same)\b",
    ),
    (
        Predicate.CONTRADICTS,
        r"\bcounter-?examples?\b|\b(?:finds?|found|reports?|shows?|showed)\s+the\s+opposite\b"
        r"|\b(?:fails?|failed)\s+to\s+(?:reproduce|replicate)\b",
    ),
    (
        Predicate.SUPPORTS,
        r"\b(?:predicted|suggested|suspected|argued|showed)\s+(?:exactly\s+)?(?:as\s+much|the\s+same)\b"
        r"|\b(?:reports?|reaches?|finds?|found|arrives\s+at|makes)\s+the\s+same\s+(?:\w+\s+)?"
        r"(?:diagnosis|conclusion|finding|result)\b",
    ),
    (
        Predicate.COMPARES_WITH_PAPER,
        r"\b(?:takes|took|makes)\s+the\s+opposite\b|\bis\s+the\s+(?:\w+-side\s+|natural\s+)?(?:complement|counterpart)\b",
    ),
)

#: "Y had this idea earlier", in a paper's own text: the paper extends Y.
HAD_BEFORE = (
    r"\b(?:proposed|introduced|had|used|tried|explored|showed|described)\s+(?:this|the|the\s+same|a\s+similar|such\s+an?)\s+"
    r"(?:\w+\s+){0,2}(?:intuition|idea|principle|approach|trick|recipe|method|objective)\b[^.;,]{0,20}"
    r"\b(?:earlier|before|first|already)\b"
)

#: "A, B and C all inherit the same recipe": they extend the paper whose text this is.
INHERIT = (
    r"\s*(?:all|both|still|then|later|also)?\s*(?:inherit|follow|adopt|reuse|keep|continue|build\s+on|descend\s+from)(?:s|ed)?\s+"
    r"(?:the\s+same|the|this|that|its)\s[^.;]{0,90}?\b(?:principle|idea|pattern|approach|recipe|trick|line|framework|method"
    r"|paradigm|design|setup|template|scheme)\b"
)

#: "Later methods like A, B and C": they extend the paper whose text this is.
LATER = (
    r"\b(?:subsequent|later|follow-?up|successor|derived)\s+(?:[\w-]+\s+)?"
    r"(?:methods?|approach(?:es)?|papers?|works?|systems?|models?|variants|efforts|studies),?\s+(?:like|such\s+as|including)\s+$"
)

#: "X has a flaw that Y explains": Y is the subject, X the object.
RELATIVE: tuple[tuple[Predicate, str], ...] = (
    (
        Predicate.EXPLAINS,
        r"\s+(?:explains|diagnoses|predicts|predicted|formali[sz]es|analy[sz]es|describes|names|makes\s+(?:concrete|precise|explicit))",
    ),
    (Predicate.RESOLVES, r"\s+(?:resolves|fixes|solves|removes|lifts|closes|settles|answers|avoids|repairs)"),
    (Predicate.EXTENDS, r"\s+(?:extends|generali[sz]es|picks\s+up|builds\s+on|refines)"),
    (Predicate.CONTRADICTS, r"\s+(?:contradicts|disputes|refutes|denies|challenges|rejects)"),
    (Predicate.SUPPORTS, r"\s+(?:confirms|supports|replicates|reproduces|corroborates)"),
)

#: "Most existing methods (A, B and C)": the paper compares itself with those.
PRIOR = (
    r"\b(?:existing|prior|previous|earlier|other|competing|rival)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:methods?|approach(?:es)?|systems?|work|models?|baselines?|papers?|techniques?)\s*(?:\(|,?\s*(?:such\s+as|like|including)\s+)"
    r"(?:e\.g\.,?\s*)?$"
)

#: Words that stand for a paper or what it says, as the object of a cue.
THAT_PAPER = (
    r"\s+(?:it|them|that|this)(?:\s+(?:paper|claim|finding|result|conclusion|view|idea|work))?"
    r"(?=\s*(?:[.,;:)]|$|\b(?:as|with|by|in|on|at|from|using|for|and|but|to|since|because|when)\b))"
    r"|\s+(?:the|their|its)\s+(?:earlier|previous|former|latter)\s+(?:paper|claim|finding|result|conclusion|work)\b(?!\s+(?:of|in|by|from)\b)"
)

#: Said of the two papers named last: "The two compose."
OF_BOTH: tuple[tuple[Predicate, str], ...] = (
    (Predicate.COMPOSES_WITH, r"(?:the\s+two|they|both|these\s+two)\b[^.;]{0,40}?\b(?:compose|stack|combine)\b"),
    (
        Predicate.SUPPORTS,
        r"(?:(?:the\s+)?two(?:\s+(?:findings|results|papers|works|lines))?|they|both)\s+(?:support|confirm|corroborate|reinforce)"
        r"\s+(?:each\s+other|one\s+another)",
    ),
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

#: Said of two papers right behind their names: "X and Y pull in opposite directions".
_CAN = r"\s+(?:can\s+be\s+|can\s+|could\s+|would\s+|both\s+|also\s+|naturally\s+|do\s+|are\s+){0,2}"
EACH_OTHER: tuple[tuple[Predicate, str], ...] = (
    (Predicate.COMPOSES_WITH, rf"{_CAN}(?:compos|stack|combin)(?:es?|ed?|s)?\b(?!\s+\w+ly\s+with)"),
    (Predicate.CONTRADICTS, rf"{_CAN}(?:contradict|disagree|conflict|reach\s+opposite|cannot\s+both)\b"),
    (
        Predicate.SUPPORTS,
        rf"{_CAN}(?:agree\b|(?:support|confirm|corroborate|reinforce)\s+each\s+other"
        r"|(?:reach|find|report|say|arrive\s+at|make)\s+(?:much\s+)?the\s+same\b)",
    ),
    (
        Predicate.COMPARES_WITH_PAPER,
        rf"{_CAN}(?:pull\s+in\s+(?:opposite|different)|complement(?:ary\b|\s+each\s+other)|differ\b|take\s+opposite"
        r"|attack\s+the\s+same|orthogonal\b|alternatives\b|mirror\s+each\s+other)",
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
