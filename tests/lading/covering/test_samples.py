from __future__ import annotations

import pytest

from lading.covering.grammar import LINES
from lading.covering.meter import built
from lading.covering.samples import at, sample


@pytest.mark.parametrize("line", LINES)
def test_a_sample_is_understood(line: str) -> None:
    assert [str(problem) for problem in built(sample(line)).problems] == []


def test_a_path_leads_into_a_document() -> None:
    assert at({"a": [{"b": 1}]}, ("a", 0, "b")) == 1


def test_older_lines_leave_out_what_they_do_not_know() -> None:
    assert "webhooks" not in sample("openapi 3.0")
    assert "query" not in sample("openapi 3.1")["paths"]["/orders/{id}"]
