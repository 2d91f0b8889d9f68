"""The extraction is at least as good as it was: every figure on our own gold stands on its floor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import floors
from tests.floors import SUITES, find_falls, load_floors, measure, raise_floors

HINT = """
A change made these figures fall. Mend it, or, where the fall is meant (the gold was corrected, precision was bought with
recall), say so:  python -m tests.floors --lower "REASON"
Figures that have risen are kept with:  python -m tests.floors --write
"""


def check_suite(suite: str) -> None:
    stored = load_floors().get(suite)
    assert stored, f"no floors for {suite}: python -m tests.floors --write"
    falls = find_falls(stored, measure(suite))
    assert not falls, "\n".join([*falls, HINT])


def test_figures_on_the_demo_digests_stand_on_their_floors() -> None:
    check_suite("seeds")


@pytest.mark.shared
def test_figures_on_the_real_digests_stand_on_their_floors() -> None:
    if not SUITES["shared"][0].is_dir():
        pytest.skip("the folder of real documents is not beside the checkout")
    check_suite("shared")


def test_floors_rise_and_never_fall() -> None:
    before = {"claims": {"recall": 0.5, "f1": 0.9}, "gone": {"f1": 0.3}}
    now = {"claims": {"recall": 0.7, "f1": 0.8}, "new": {"f1": 0.1}}
    assert raise_floors(before, now) == {"claims": {"recall": 0.7, "f1": 0.9}, "new": {"f1": 0.1}, "gone": {"f1": 0.3}}


def test_a_fall_is_told_beyond_the_tolerance_only() -> None:
    stored = {"claims": {"f1": 0.9}, "gone": {"f1": 0.3}}
    assert find_falls(stored, {"claims": {"f1": 0.896}, "gone": {"f1": 0.3}}) == []
    falls = find_falls(stored, {"claims": {"f1": 0.85}})
    assert falls == ["claims: f1 0.850 is below its floor 0.900", "gone: f1 0.000 is below its floor 0.300"]


def test_lowering_needs_a_reason_and_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "floors.json"
    file.write_text(json.dumps({"seeds": {"claims": {"f1": 0.9}}}))
    monkeypatch.setattr(floors, "FILE", file)
    monkeypatch.setattr(floors, "SUITES", {"seeds": (tmp_path, tmp_path)})
    monkeypatch.setattr(floors, "measure", lambda suite: {"claims": {"f1": 0.8}})
    assert floors.main(["--write"]) == 1
    assert json.loads(file.read_text())["seeds"] == {"claims": {"f1": 0.9}}
    with pytest.raises(SystemExit):
        floors.main(["--lower", "because"])
    assert floors.main(["--lower", "the gold was corrected"]) == 0
    stored = json.loads(file.read_text())
    assert stored["seeds"] == {"claims": {"f1": 0.8}}
    assert stored["lowered"] == [
        {"reason": "the gold was corrected", "what": ["seeds: claims: f1 0.800 is below its floor 0.900"]}
    ]
