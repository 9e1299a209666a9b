"""Filters of a list."""

from __future__ import annotations

from portal.filters import group


def test_a_chosen_value_has_its_word() -> None:
    made = group("kind", "Kind", (("openapi", "OpenAPI"), "other"), "openapi")
    assert made.chosen_word == "OpenAPI"
    assert [option.word for option in made.options] == ["OpenAPI", "other"]


def test_a_value_that_the_list_lacks_is_shown_as_it_is() -> None:
    assert group("owner", "Owner", ("a",), "gone").chosen_word == "gone"
