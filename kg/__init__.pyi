from kg.errors import KgError as KgError
from kg.library import Graph as Graph
from kg.library import build as build
from kg.library import open_graph as open

__version__: str
__all__ = ["Graph", "KgError", "__version__", "build", "open"]
