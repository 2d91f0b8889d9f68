"""A wheel works outside the checkout: it carries the ontology, the queries and the model, and nothing of our workshop."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_pipeline.conftest import DIGEST

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout, made without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", str(ROOT), *options, "--wheel-dir", str(folder)], check=True)
    return next(folder.glob("claimgraph-*.whl"))


@pytest.fixture(scope="module")
def kg(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """The command of the installed wheel, run in a folder that has nothing to do with the checkout."""
    site, elsewhere = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("elsewhere")
    options = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check", "--target", str(site)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(wheel)], check=True)
    (elsewhere / "fold-letter.txt").write_text(DIGEST, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(site)}

    def call(*words: str) -> str:
        found = subprocess.run([sys.executable, *words], cwd=elsewhere, env=environment, capture_output=True, text=True)
        assert found.returncode == 0, found.stderr
        return found.stdout

    assert Path(call("-c", "import kg; print(kg.__file__)").strip()).is_relative_to(site)
    return lambda *words: call("-m", "kg", *words)


def test_the_wheel_holds_the_package_and_its_data_only(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kg"}
    assert not [name for name in names if "node_modules" in name or "__pycache__" in name]
    assert {"kg/py.typed", "kg/_ontology/claimgraph.ttl", "kg/_ontology/shapes.ttl"} <= set(names)
    queries = {path.name for path in (ROOT / "kg" / "queries").glob("*.rq")}
    assert queries <= {name.removeprefix("kg/queries/") for name in names}
    model = {path.name for path in (ROOT / "kg" / "extract" / "model").glob("*") if path.suffix in (".json", ".onnx")}
    assert model <= {name.removeprefix("kg/extract/model/") for name in names}


def test_the_wheel_builds_asks_checks_and_exports(kg: Callable[..., str]) -> None:
    assert "1 documents, 2 papers" in kg("build", "fold-letter.txt")
    assert "LoopFold" in kg("query", "papers")
    assert "papers-using" in kg("query", "--list")
    kg("validate")
    kg("verify")
    assert kg("export", "html").lstrip().lower().startswith("<!doctype html>")
