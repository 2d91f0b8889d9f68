"""The graph over HTTP: SPARQL 1.1 Protocol, Graph Store Protocol for reading, pages for people, data for machines.

app        the routes; data, site: their handlers  pool      worker processes: one query each, killed when it passes a limit
protocol   what a SPARQL request asks              process   one of them from outside; worker    from inside
negotiate  which form an answer takes              jobs      what a worker does: query, update, read a graph, tell of a node
describe   the service and the data set as RDF     snapshot  which store is served, and what a sandbox serves instead
pages      HTML                                    markup    HTML that cannot be injected into
openapi    the JSON routes, described              web/      the sources of the editor; bundle/  the editor as built

The server process itself never runs a query: Oxigraph cannot be interrupted, a process can.
"""

from kg.serve.limits import Limits
from kg.serve.run import serve_graph

__all__ = ["Limits", "serve_graph"]
