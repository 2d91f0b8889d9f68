"""KnowledgeBase -> RDF store and NetworkX. The only package that names IRIs.

    vocab      prefixes and the IRI of every node         rdf, claims, evidence   a KnowledgeBase as quads
    terms      RDF terms in canonical form                store                   the graph folder on disk
    network    the graph for NetworkX                     validate, verify        is the graph what the contract says?

Import from the modules: this file loads none of them, so that a command pays only for what it uses.
"""
