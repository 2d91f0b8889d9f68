"""A Document -> an Extraction: papers, terms, institutions, results, claims, relations, predictions, threads.

The only package that knows spaCy. ``extract_document`` runs the extractors in their fixed order over one Draft.
"""
