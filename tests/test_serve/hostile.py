"""What attackers and accidents send: queries to refuse, harmless ones that look alike, texts that want to be markup."""

from __future__ import annotations

_ELSEWHERE = "<http://127.0.0.1:9/sparql>"

#: Each would make the server call another machine, or read its files.
CALLS = (
    f"SELECT * {{ SERVICE {_ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service {_ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SeRvIcE SILENT {_ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE{_ELSEWHERE}{{?s ?p ?o}}}}",
    f"SELECT*{{SERVICE#x\n{_ELSEWHERE}{{?s?p?o}}}}",
    "SELECT * { SERVICE ?where { ?s ?p ?o } }",
    "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICE x:sparql { ?s ?p ?o } }",
    "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICEx:sparql { ?s ?p ?o } }",
    "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICESILENTx:sparql { ?s ?p ?o } }",
    f"SELECT * {{ {{ SELECT * {{ SERVICE {_ELSEWHERE} {{ }} }} }} }}",
    f"SELECT * {{ OPTIONAL {{ SERVICE {_ELSEWHERE} {{ ?s ?p ?o }} }} }}",
    f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE {_ELSEWHERE} {{ ?s ?p ?o }} }} }}",
    f"ASK {{ SERVICE {_ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {_ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"DESCRIBE ?s WHERE {{ SERVICE {_ELSEWHERE} {{ ?s ?p ?o }} }}",
    "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
    f"SELECT * {{ ?s ?p ?o FILTER(?s<?p#>) SERVICE {_ELSEWHERE} {{}}\n) }}",
    "LOAD <http://127.0.0.1:9/x.ttl>",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <http://example.org/g>",
)
#: Each would change the graph, were it sent as an update or mistaken for one.
CHANGES = (
    "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }",
    "DELETE DATA { <http://example.org/a> <http://example.org/b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "WITH <http://example.org/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP ALL",
    "DROP SILENT DEFAULT",
    "CREATE GRAPH <http://example.org/g>",
    "COPY DEFAULT TO <http://example.org/g>",
    "MOVE <http://example.org/g> TO DEFAULT",
    "ADD <http://example.org/g> TO DEFAULT",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "PREFIX x: <http://example.org/> INSERT DATA { x:a x:b x:c }",
)
#: Each is no SPARQL.
MALFORMED = (
    "",
    " ",
    "SELECT",
    "SELECT *",
    "SELECT * {",
    "SELECT * { ?s ?p }",
    "SELECT ?x WHERE { ?s ?p ?o ",
    "SELECT * { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'unterminated }",
    'SELECT * { ?s ?p """unterminated }',
    "SELECT * { ?s ?p <unterminated }",
    "SELECT * { ?s nope:undeclared ?o }",
    "SELECT * { ?s ?p ?o } LIMIT -1",
    "SELECT * { ?s ?p ?o } ORDER BY",
    "SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o \x00 }",
    "SELECT * { ?s ?p \ud7ff\uffff ?o",
    "\ufeff\ufeffSELECT * { ?s ?p ?o }",
    "<script>alert(1)</script>",
    "'; DROP TABLE quads; --",
    "{{7*7}}",
    "SELECT * { ?s ?p ?o } # \r\nX-Injected: yes\r\n\r\n<h1>",
    "%s%s%s%n",
    "SELECT " + "?x" * 5000,
    "ASK { " + "{ " * 300,
    "ASK { FILTER " + "(" * 3000,
)
#: Each speaks of what is refused and does none of it.
HARMLESS = (
    "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1:9/> { }' } LIMIT 1",
    "SELECT * { ?s ?p ?service } LIMIT 1",
    "SELECT * { ?s ?p ?o } LIMIT 1 # SERVICE <http://127.0.0.1:9/>",
    "SELECT * { ?s <http://example.org/service> ?o } LIMIT 1",
    "SELECT ('LOAD <file:///etc/passwd>' AS ?load) { }",
    "SELECT ?delete { ?delete ?insert ?drop } LIMIT 1",
    "ASK { ?s ?p 'INSERT DATA { }' }",
)
#: Labels, titles and sentences that a document may carry.
TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!-- --><iframe srcdoc='<script>alert(1)</script>'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript:alert(1)",
    "]]><b>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "\u202egnirts desrever",
    "a\x1b[31mred\x07",
    "<a href='https://evil.example'>click</a>",
    '=HYPERLINK("https://evil.example")',
)
#: IRIs that RDF allows and a link must not follow.
IRIS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "https://evil.example/'onmouseover='alert(1)",
    "file:///etc/passwd",
    "urn:x:&quot;onclick=alert(1)",
)
#: Each takes more time than anyone has: joins without a shared variable, over and over.
PATHOLOGICAL = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) = 1) }",
    "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(STR(?c), CONCAT(STR(?f), '(a|b)*', STR(?i)))) }",
    "SELECT (SUM(STRLEN(STR(?c))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i))) = 1) }",
)
