from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain import names
from registry.domain.errors import Invalid


@pytest.mark.parametrize("name", ["a", "erp", "last-mile", "v2.orders", "a_b", "x" * 100])
def test_names_that_may_stand_in_an_address(name: str) -> None:
    assert names.check(name, "domain") == name


@pytest.mark.parametrize("name", ["", "ERP", "a b", "-a", "a-", "a--b", "..", "a/b", "ä", "a\n", "x" * 101])
def test_names_that_may_not(name: str) -> None:
    with pytest.raises(Invalid):
        names.check(name, "domain")


def test_the_error_suggests_a_name() -> None:
    with pytest.raises(Invalid, match="'track-trace'"):
        names.check("Track & Trace", "contract")


@given(st.text())
def test_a_slug_is_a_name_or_empty(text: str) -> None:
    made = names.slug(text)
    assert made == "" or names.check(made, "contract") == made


@pytest.mark.parametrize(
    ("text", "made"),
    [("Track & Trace v2", "track-trace-v2"), ("ordersV0", "orders-v0"), ("2.0 API", "2.0-api")],
)
def test_slugs(text: str, made: str) -> None:
    assert names.slug(text) == made


def test_references() -> None:
    assert names.reference("erp/orders@1.2.0") == ("erp/orders", "1.2.0")
    assert names.reference("registry:erp/orders") == ("erp/orders", None)
    for wrong in ("orders", "erp/orders/x", "/x", "x/"):
        with pytest.raises(Invalid):
            names.reference(wrong)
