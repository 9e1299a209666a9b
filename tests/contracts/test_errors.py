from __future__ import annotations

from contracts.errors import ContractError, Unreadable


def test_an_error_says_where_what_and_what_to_do() -> None:
    error = Unreadable("syntax", "A colon is missing.", "orders.yaml", 12, 3, "/paths", "Add it.")
    assert str(error) == "orders.yaml:12:3: A colon is missing. (at /paths) Add it."


def test_what_is_not_known_is_left_out() -> None:
    assert str(ContractError("empty", "The file is empty.")) == "The file is empty."


def test_errors_compare_by_value_and_can_be_hashed() -> None:
    one, other = ContractError("a", "b", line=1), ContractError("a", "b", line=1)
    assert one == other
    assert one != ContractError("a", "b", line=2)
    assert len({one}) == 1
