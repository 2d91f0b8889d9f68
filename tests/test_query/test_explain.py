"""Why two names are one, or are not."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.errors import NotFoundError
from kg.explain import explain_name, explain_pair


def test_a_name_with_its_merges(store: Store) -> None:
    assert "OPD = on-policy distillation: acronym definition" in explain_name(store, "On-Policy Distillation")


def test_two_names_of_one_thing_with_the_chain_between_them(store: Store) -> None:
    said = explain_pair(store, "OPD", "on policy distillation")
    assert "are one: on-policy distillation (technique)" in said
    assert "OPD = on-policy distillation: acronym definition" in said


def test_two_things_with_what_keeps_them_apart(store: Store) -> None:
    said = explain_pair(store, "on-policy distillation", "NFU")
    assert "are not one" in said
    assert "they are of two kinds: technique and institution" in said
    assert "--decisions" in said


def test_an_unknown_name_has_suggestions(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no such name") as caught:
        explain_name(store, "on-policy destillation")
    assert "on-policy distillation" in caught.value.hint
