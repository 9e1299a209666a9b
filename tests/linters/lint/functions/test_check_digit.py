from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


def told(scheme: str, value: Any) -> list[str]:
    return [problem.message for problem in ask("checkDigit", value, {"scheme": scheme})]


@pytest.mark.parametrize(
    "number",
    ["96385074", "614141000036", "4006381333931", "00614141999996", "106141411234567897", "0012345000010"],
)
def test_gs1_numbers_of_every_length(number: str) -> None:
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert told("gs1", number) == []
    assert told("gs1", wrong) == [f"`{wrong}` ends in {wrong[-1]}, its check digit is {number[-1]}."]


@pytest.mark.parametrize("number", ["CSQU3054383", "TOLU4734787", "MSKU9070323", "APZU4812090"])
def test_containers(number: str) -> None:
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert told("iso6346", number) == []
    assert told("iso6346", wrong) == [f"`{wrong}` ends in {wrong[-1]}, its check digit is {number[-1]}."]


@pytest.mark.parametrize(
    "value", ["", "12345", "12345678901", "٤٠٠٦٣٨١٣٣٣٩٣٢", 4006381333932, None, {}, "csqu3054384"]
)
def test_what_has_another_form_is_left_to_other_rules(value: Any) -> None:
    assert told("gs1", value) == []
    assert told("iso6346", value) == []
