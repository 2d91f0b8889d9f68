"""A graph folder with the small graph, and a way to call the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from kg.cli import main
from kg.graph.store import write_store

SMALL = Path(__file__).parent.parent / "test_query" / "small.trig"

Call = Callable[..., Result]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "graph"
    write_store(path, parse(path=SMALL, format=RdfFormat.TRIG))  # type: ignore[arg-type]
    return path


@pytest.fixture
def call(folder: Path) -> Call:
    """``kg ARGS...`` with $KG_GRAPH set to the small graph."""

    def run(*args: str, graph: Path = folder, **options: object) -> Result:
        result = CliRunner().invoke(main, list(args), env={"KG_GRAPH": str(graph), "COLUMNS": "100"}, **options)  # type: ignore[arg-type]
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run
