"""claimgraph: research digests in, a knowledge graph out in which every edge carries its sentence.

    >>> import kg
    >>> graph = kg.build("seeds")  # doctest: +SKIP
    >>> graph.query("papers-using", technique="on-policy distillation")  # doctest: +SKIP

The map of the house, in the order in which data flows::

    kg.model       every record that the stages share
    kg.read        a file -> Documents
    kg.extract     a Document -> an Extraction (the only package that knows spaCy)
    kg.resolve     Extractions -> a KnowledgeBase
    kg.graph       a KnowledgeBase -> RDF quads, NetworkX (the only package that names IRIs)
    kg.query       SPARQL, named or inline -> rows
    kg.export      a graph -> a file            kg.explore   a graph -> one page to explore
    kg.plot        a graph -> a chart           kg.layout    where nodes stand
    kg.serve       SPARQL and pages over HTTP   kg.push      a graph -> another SPARQL server
    kg.score       an extraction against gold -> precision and recall, layer by layer
    kg.library     the same from Python: build, open, Graph
    kg.pipeline    joins the stages
    kg.cli         the command line
"""

__version__ = "0.1.0"

#: Public names, and where they live: nothing is imported before one is asked for (PEP 562). Types are in ``__init__.pyi``.
_PUBLIC = {
    "build": ("kg.library", "build"),
    "open": ("kg.library", "open_graph"),
    "Graph": ("kg.library", "Graph"),
    "KgError": ("kg.errors", "KgError"),
}


def __getattr__(name: str) -> object:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _PUBLIC[name]
    value: object = getattr(import_module(module), attribute)
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_PUBLIC])
