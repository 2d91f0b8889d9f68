"""Which role a heading's words give its section: a table of the words that digests and papers use. Pure."""

from __future__ import annotations

import re
import unicodedata

from kg.model import Role

#: Heading words, folded (see ``_fold``), with bars between them. Words of time and possession are dropped on both
#: sides before they are compared, so "What to watch" also stands for "What we watch this week".
HEADINGS: dict[Role, str] = {
    Role.TLDR: """
        tldr | tl dr | in brief | brief | at a glance | highlights | key highlights | key takeaways | takeaways | key points
        | the short version | executive summary | quick summary | in short | the gist | in a nutshell | headlines |
        top headlines | bottom line | the bottom line | the essentials | what you need to know | five things | the rundown
    """,
    Role.OVERVIEW: """
        the big picture | big picture | overview | introduction | intro | editorial | editors note | from the editor |
        foreword | opening | in this issue | in review | week in review | the state of play |
        the lede | welcome | preface | zooming out | letter from the editor | the lay of the land | what happened
    """,
    Role.ENTRIES: """
        also worth noting | worth noting | papers | top papers | best papers | notable papers | new papers | research papers
        | research | papers of the week | papers of the month | top ml papers | top ai papers | ml papers | ai papers |
        reading list | paper roundup | paper round up | research roundup | research highlights | papers worth reading |
        papers to read | what were reading | paper picks | arxiv picks | new on arxiv | recommended reading |
        selected papers | featured papers | paper list | paper digest | papers we liked | worth reading | worth a read |
        trending papers | entries | new entries |
        top picks | picks | our picks | editors picks | hugging face papers | huggingface papers | accepted papers
    """,
    Role.DEEP_DIVE: """
        deep dives | deep dive | paper of the day | paper of the week | paper of the month | spotlight | spotlights |
        paper spotlight | research spotlight | featured paper | feature | features | in depth | close reading |
        close readings | paper review | paper reviews | main story | main stories | top story | the big story | lead story |
        long form | a closer look | closer look | under the hood | paper deep dive | paper deep dives | detailed notes |
        detailed summaries
    """,
    Role.PULSE: """
        industry pulse | industry | industry news | industry watch | news | ai news | market | markets | market watch |
        business | company news | companies | funding | funding news | product news | products | launches | product launches
        | releases | new releases | model releases | in the news | other news | ecosystem | policy | industry and policy |
        policy and industry | hardware news | startups | deals | industry moves | industry signal | industry signals |
        from the labs | lab news | labs | business and funding | the industry | quick links | links | industry briefs
    """,
    Role.THREADS: """
        connecting the dots | connect the dots | themes | theme | key themes | big themes | threads | the thread |
        the threads | common thread | common threads | cross paper threads | cross cutting themes | patterns | the pattern |
        connections | how it fits together | what connects them | what ties it together | through lines | through line |
        the through line | trends | emerging trends | cross currents | synthesis | putting it together | tying it together |
        across papers | links between papers | cross paper connections | connections between papers | cross paper links |
        connections across papers
    """,
    Role.PREDICTIONS: """
        worth watching | what to watch | watch list | watchlist | things to watch | what were watching | were watching |
        predictions | prediction | forecast | forecasts | looking ahead | looking forward | whats next | what comes next |
        on the horizon | outlook | bets | open bets | our bets | keep an eye on | to watch | falsifiable predictions |
        open predictions | what we expect | expectations | wagers | calls
    """,
    Role.QUICK_HITS: """
        quick hits | quick hit | also noted | also notable | also seen | quick takes | short takes |
        short notes | briefly | in other news | odds and ends | lightning round | bits and pieces | more papers |
        other papers | the rest | honorable mentions | honourable mentions | also interesting | more reading | roundup |
        round up | everything else | elsewhere | and also | also | rapid fire | speed round | more research | other research
        | other reads | misc | miscellaneous | radar | on our radar | on the radar | research radar | paper radar |
        short summaries | shorter | shorter notes | shorts | leftovers | papers in brief | research in brief |
        briefly noted | quick reads | brief notes | in passing | small print
    """,
    Role.ABSTRACT: """
        abstract
    """,
    Role.FURNITURE: """
        sources | source list | sources ingested | references | bibliography | contents | table of contents | toc |
        subscribe | share | share this | comments | leave a comment | related posts | related articles | related | about |
        about us | about the author | archive | archives | navigation | menu | tags | categories | recent posts |
        newer posts | older posts | newsletter | follow us | sponsors | sponsor | sponsored | advertisement | disclaimer |
        feedback |
        from our sponsor | from our sponsors | a word from our sponsor | a word from our sponsors | our sponsor | our sponsors |
        together with | presented by | in partnership with | promoted | partner content | classifieds |
        contact | join us | cite this | citation | bibtex | acknowledgements | acknowledgments | colophon | read next |
        more posts | see also
    """,
}

#: What leads the words of an advertiser, in a letter.
SPONSOR = re.compile(
    r"(?:sponsor(?:ed|s)?(?: (?:by|content|post|message)\b.{0,60})?|advertisement|promoted|"
    r"(?:(?:a word |a message )?from )?our (?:sponsor|partner)s?|"
    r"(?:together with|in partnership with|presented by|brought to you by)\b.{0,60})\W*",
    re.I,
)
_FILLER_WORDS = """
    the a an this that these todays today week weeks weekly day days daily month months monthly our my your we
    latest recent edition issue section of ai ml s i ledger tracker scorecard register
"""
_FILLER = frozenset(_FILLER_WORDS.split())
_PARENTHESIS = re.compile(r"(?<=\w) [(\[][^()\[\]]{0,60}[)\]](?: ?[-–—] ?\d{4})?$")
_NUMBERING = re.compile(r"^(?:[#§]+ *)?(?:(?:\d{1,2}|[ivx]{1,4})[.)] +)?", re.I)
_DIVE_PREFIX = re.compile(
    r"(?:deep[ -]dive|paper of the (?:day|week|month)|(?:paper |research )?spotlight|featured paper|in depth|close reading|"
    r"paper review)\b ?(?:#?\d{1,2} ?)?[:—–|-] +",
    re.I,
)


def _fold(words: str) -> str:
    text = unicodedata.normalize("NFKD", words[:200]).casefold().replace("&", " and ").replace("’", "").replace("'", "")
    return " ".join(re.findall(r"[a-z0-9]+", _NUMBERING.sub("", text.strip())))


def _core(folded: str) -> str:
    return " ".join(w for w in folded.split() if w not in _FILLER)


_EXACT = {phrase.strip(): role for role, phrases in HEADINGS.items() for phrase in phrases.split("|")}
_CORES = {core: role for phrase, role in reversed(_EXACT.items()) if (core := _core(phrase)) and " of the " not in phrase}


def role_of_heading(words: str) -> Role | None:
    """The role that the words of a heading give, or None where they are not known.

    >>> role_of_heading("TL;DR"), role_of_heading("🔭 What to Watch This Week"), role_of_heading("Dense retrieval")
    (<Role.TLDR: 'tldr'>, <Role.PREDICTIONS: 'predictions'>, None)
    """
    if len(words) > 80:
        return None
    folded = _fold(_PARENTHESIS.sub("", words))
    return _EXACT.get(folded) or _CORES.get(_core(folded))


def dive_title_at(heading: str) -> int:
    """Where the title of one paper starts in a heading such as "Paper of the day: ...", else 0.

    >>> "Paper of the Week: Foo, a bar"[dive_title_at("Paper of the Week: Foo, a bar"):]
    'Foo, a bar'
    """
    m = _DIVE_PREFIX.match(heading)
    return m.end() if m and m.end() < len(heading) else 0
