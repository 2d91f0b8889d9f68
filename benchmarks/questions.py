"""Eight queries of the kinds that people ask, on the graph of :mod:`benchmarks.synthetic`."""

from __future__ import annotations

from kg.graph.vocab import ID

#: By kind. All but the last give their rows in an order of their own, so that two answers can be compared.
QUERIES: dict[str, str] = {
    # Which paper has this arXiv id?
    "lookup": 'SELECT ?paper ?title { ?paper kg:arxivId "2301.00007" ; dcterms:title ?title }',
    # Which institutions work with this technique?
    "two hops": f"""
        SELECT DISTINCT ?institution {{ ?paper kg:uses <{ID}technique/t3> ; kg:affiliatedWith ?institution }}
        ORDER BY ?institution""",
    # The papers that use this technique, with their titles and what they cite.
    "optional": f"""
        SELECT ?paper ?title ?cited {{ ?paper kg:uses <{ID}technique/t9> .
          OPTIONAL {{ ?paper dcterms:title ?title }} OPTIONAL {{ ?paper kg:cites ?cited }} }} ORDER BY ?paper ?cited""",
    # Which techniques do most papers use?
    "group by": """
        SELECT ?technique (COUNT(DISTINCT ?paper) AS ?papers) { ?paper kg:uses ?technique } GROUP BY ?technique
        ORDER BY DESC(?papers) ?technique LIMIT 20""",
    # The papers that use anything narrower than this technique.
    "path": f"""
        SELECT DISTINCT ?paper {{ ?technique skos:broader+ <{ID}technique/t5> . ?paper kg:uses ?technique }}
        ORDER BY ?paper LIMIT 100""",
    # The claims that say this.
    "regex": """
        SELECT ?claim ?text { ?claim kg:text ?text FILTER(REGEX(?text, "reward signal .* noise")) } ORDER BY ?claim LIMIT 50""",
    # Of which limitations are we surest, and of which papers?
    "order limit": """
        SELECT ?claim ?confidence ?title { ?claim kg:confidence ?confidence ; kg:claimType "limitation" ; kg:aboutPaper ?paper .
          ?paper dcterms:title ?title FILTER(?confidence > 0.7) } ORDER BY DESC(?confidence) ?claim LIMIT 10""",
    # All about this paper.
    "describe": f"DESCRIBE <{ID}paper/p11>",
}
#: As many joins without a shared variable as take longer than anyone waits.
PATHOLOGICAL = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
