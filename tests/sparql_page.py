"""The tables of docs/sparql.md, from what the tests try.

python -m tests.sparql_page             says whether the page is as it should be
python -m tests.sparql_page --write     writes the tables
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.test_serve import hostile, test_hostile, test_load
from tests.w3c import suite
from tests.w3c.http import http_tests
from tests.w3c.test_query import FLOOR, VALUE_EQUAL

PAGE = Path(__file__).parent.parent / "docs" / "sparql.md"
_TABLE = "(?<=<!-- {0} -->\n).*?(?=<!-- /{0} -->)"


def render_page(text: str) -> str:
    """The page with its tables as they should be."""
    for name, rows in (("faults", fault_rows()), ("suites", suite_rows())):
        table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
        text = re.sub(_TABLE.format(name), lambda _, table=table: table, text, flags=re.DOTALL)
    return text


def fault_rows() -> list[tuple[str, ...]]:
    """What is tried, how often, and what must come of it."""
    bad = test_load.CLIENTS * test_load.ROUNDS * (test_load.REQUESTS // test_load.ONE_IN)
    good = test_load.CLIENTS * test_load.ROUNDS * test_load.REQUESTS - bad
    return [
        ("what", "tried", "must be"),
        ("---", "---", "---"),
        ("queries that would call another machine", str(len(hostile.CALLS)), "refused, and not run"),
        ("the like in updates, in a sandbox", str(len(test_hostile.SANDBOX_CALLS)), "refused"),
        ("updates, each sent in four ways", str(len(hostile.CHANGES) + 2), "refused, the graph as before"),
        ("texts that are no SPARQL", str(len(hostile.MALFORMED)), "400 with the place"),
        ("queries that only look hostile", str(len(hostile.HARMLESS)), "answered"),
        (
            "random bodies, and random names, paths and queries",
            f"{test_hostile.BODIES} and {test_hostile.NAMES}",
            "answered or 4xx",
        ),
        ("labels and sentences that are markup", str(len(hostile.TEXTS)), "shown as text, in a browser too"),
        ("IRIs that no link may follow", str(len(hostile.IRIS)), "shown as text"),
        ("queries that never end", str(len(hostile.PATHOLOGICAL)), "killed within 1 s of the limit"),
        (
            f"the same among {good:,} others of {test_load.CLIENTS} clients",
            str(bad),
            "killed within 1 s; no error for the others",
        ),
    ]


def suite_rows() -> list[tuple[str, ...]]:
    """The suites of the W3C and what must pass of them."""
    protocol = http_tests("protocol/manifest.ttl")
    reads = [
        e
        for part in ("indirect", "direct")
        for t in http_tests(f"graph-store-protocol/manifest-{part}.ttl")
        for e in t.exchanges
    ]
    updates = sum(test.updates for test in protocol)
    return [
        ("suite", "passes", "of", "remark"),
        ("---", "---", "---", "---"),
        (
            "query language, through `kg.query`",
            str(FLOOR),
            str(len(suite.query_tests())),
            f"as Oxigraph itself; {VALUE_EQUAL} of them but for the spelling of numbers; the others: `tests/w3c/known.json`",
        ),
        ("protocol, `kg serve --sandbox`", str(len(protocol)), str(len(protocol)), ""),
        (
            "protocol, `kg serve`",
            str(len(protocol) - updates),
            str(len(protocol)),
            f"the other {updates} are updates, and refused",
        ),
        (
            "graph store, reading requests",
            str(sum(e.method in ("GET", "HEAD") for e in reads)),
            str(sum(e.method in ("GET", "HEAD") for e in reads)),
            "writing is not offered",
        ),
    ]


if __name__ == "__main__":
    now = PAGE.read_text("utf-8")
    then = render_page(now)
    if "--write" in sys.argv:
        PAGE.write_text(then, "utf-8")
    sys.exit(now != then and "--write" not in sys.argv)
