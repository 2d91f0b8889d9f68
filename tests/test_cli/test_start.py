"""The program as a process: it starts at once, and a reader that goes away does not upset it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

HEAVY = ("spacy", "numpy", "rdflib", "networkx", "pyvis", "pyshacl", "pyoxigraph", "msgspec", "filelock", "onnxruntime")
HELP = "import sys; from kg.cli import main; main(['--help'], standalone_mode=False)"


def test_help_loads_nothing_heavy() -> None:
    code = f"{HELP}; print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("LOADED []\n")
    assert "kg build" in done.stdout


@pytest.mark.parametrize("command", ["build", "query", "show", "path", "export", "stats", "extract", "validate", "verify"])
def test_help_of_each_command_is_short_and_loads_nothing_heavy(command: str) -> None:
    code = f"import sys; from kg.cli import main; main(['{command}', '--help'], standalone_mode=False)"
    code += f"; print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("LOADED []\n")
    assert done.stdout.startswith("Usage: ")


def test_help_is_quick() -> None:
    """Twice the time of a bare Python start and 0.15 s more: the machine may be busy."""

    def best_of(code: str) -> float:
        times = []
        for _ in range(3):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
            times.append(time.perf_counter() - began)
        return min(times)

    assert best_of(HELP) < 2 * best_of("pass") + 0.15


def test_version() -> None:
    from kg import __version__

    done = subprocess.run([sys.executable, "-m", "kg.cli", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"kg {__version__}\n"


def test_a_closed_pipe_is_no_error(folder: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "export", "nquads", "--graph", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()


def test_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "show", "mosaic", "--graph", str(folder)]
    done = subprocess.run(
        command, capture_output=True, check=True, env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    )
    assert "“Mosaic leans on OPD throughout.”" in done.stdout.decode("utf-8")
