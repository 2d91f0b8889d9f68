"""The small graph that queries are asked of."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

SMALL = Path(__file__).with_name("small.trig")


@pytest.fixture(scope="session")
def store() -> Store:
    store = Store()
    store.load(path=SMALL, format=RdfFormat.TRIG)
    return store
