"""claimgraph: research digests in, a knowledge graph out in which every edge carries its sentence.

The map of the house, in the order in which data flows::

    kg.model       every record that the stages share
    kg.read        a file -> Documents
    kg.extract     a Document -> an Extraction (the only package that knows spaCy)
    kg.resolve     Extractions -> a KnowledgeBase
    kg.graph       a KnowledgeBase -> RDF quads, NetworkX (the only package that names IRIs)
    kg.query       SPARQL, named or inline -> rows
    kg.export      a graph -> a file
    kg.pipeline    joins the stages
    kg.cli         the command line
"""

__version__ = "0.1.0"
