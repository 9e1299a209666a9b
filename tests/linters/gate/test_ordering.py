from __future__ import annotations

import pytest

from contracts.errors import ContractError
from linters.gate.ordering import newest_first


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (["1.9.0", "1.10.0", "1.10.0-rc.1", "1.9.0"], ["1.10.0", "1.10.0-rc.1", "1.9.0"]),
        (["2026-01-01", "2026-02-01"], ["2026-02-01", "2026-01-01"]),
        ([], []),
    ],
)
def test_order(versions: list[str], expected: list[str]) -> None:
    assert newest_first(versions) == expected


@pytest.mark.parametrize("versions", [["1.0.0", "2026-01-01"], ["latest", "1.0.0"], ["latest"]])
def test_what_has_no_order_is_told(versions: list[str]) -> None:
    with pytest.raises(ContractError) as caught:
        newest_first(versions)
    assert caught.value.advice
