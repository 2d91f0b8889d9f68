"""Finds the project's data files in an installed wheel and in a checkout alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import KgError


@cache
def ontology_dir() -> Path:
    """The folder of the OWL ontology, the SHACL shapes and the SKOS vocabulary.

    A wheel carries it inside the package (see ``force-include`` in pyproject.toml); a checkout has it beside the package.

    Raises:
        KgError: it is in neither place, so the installation is broken.
    """
    package = Path(__file__).parent
    for place in (package / "_ontology", package.parent / "ontology"):
        if (place / "claimgraph.ttl").is_file():
            return place
    raise KgError(
        "the ontology files are missing from this installation", "install again: pip install --force-reinstall claimgraph"
    )


def package_file(*parts: str) -> Path:
    """A data file that lies inside the package itself: ``package_file("queries", "papers.rq")``."""
    return Path(__file__).parent.joinpath(*parts)
