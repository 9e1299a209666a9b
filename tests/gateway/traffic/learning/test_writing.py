from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contracts.document import parse
from gateway.traffic.learning.writing import dumped

TEXT = (
    st.sampled_from(["1e3", "0o7", "no", "1_000", ".5", "+1", "2026-11-02", "~", "a: b", "", "0x1F", "null"])
    | st.text()
)


@given(st.dictionaries(TEXT, TEXT | st.integers() | st.booleans() | st.none()))
def test_yaml_reads_back_as_it_was(value: dict[str, Any]) -> None:
    assert parse(dumped(value).encode(), "a.yaml").value == value
