"""Filters of a list."""

from __future__ import annotations

import re

import httpx
import pytest

from portal.filters import group


def test_a_chosen_value_has_its_word() -> None:
    made = group("kind", "Kind", (("openapi", "OpenAPI"), "other"), "openapi")
    assert made.chosen_word == "OpenAPI"
    assert [option.word for option in made.options] == ["OpenAPI", "other"]


def test_a_value_that_the_list_lacks_is_shown_as_it_is() -> None:
    assert group("owner", "Owner", ("a",), "gone").chosen_word == "gone"


def test_nothing_chosen_and_nothing_to_choose_have_no_word() -> None:
    assert group("owner", "Owner", ("a",), "").chosen_word == ""
    assert group("owner", "Owner", (), "").options == ()


@pytest.mark.parametrize("name", ["owner", "domain", "system", "nothing-of-ours"])
def test_a_value_that_nobody_has_leaves_a_whole_page_and_stays_text(name: str, client: httpx.Client) -> None:
    answer = client.get("/catalogue", params={name: '"><script>alert(1)</script>'})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_parameter_that_is_no_filter_changes_nothing(client: httpx.Client) -> None:
    plain, odd = (client.get(address).text for address in ("/catalogue", "/catalogue?nothing-of-ours=1"))
    listed = [re.findall(r'href="(/contracts/[^"?]+)', text) for text in (plain, odd)]
    assert listed[0]
    assert listed[0] == listed[1]
