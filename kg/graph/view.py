"""The graph for users of rdflib: a Dataset over the Oxigraph store, which copies nothing and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from oxrdflib import OxigraphStore
from rdflib import Dataset

from kg.errors import GraphError
from kg.graph import vocab

if TYPE_CHECKING:
    from pyoxigraph import Store


class _ReadOnly(OxigraphStore):
    """Refuses what would change the store. Names of prefixes are kept in Python alone."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise GraphError("this view of the graph is for reading only", "copy it: rdflib.Dataset() += view")

    add = addN = remove = update = remove_graph = _refuse

    def add_graph(self, graph: Any) -> None:
        """Nothing: rdflib calls this when a graph is only looked up."""


def view_dataset(store: Store) -> Dataset:
    """``store`` as an rdflib Dataset whose default graph is the union of all graphs. Queries given as text run in Oxigraph;
    those that rdflib has prepared run in its own engine, about thirty times slower."""
    backend = _ReadOnly(store=store)
    dataset = Dataset(store=backend, default_union=True)
    for prefix, iri in vocab.PREFIXES.items():
        dataset.bind(prefix, iri, replace=True)
    return dataset
