from __future__ import annotations

import pytest

from linters.lint.rulesets.module import cursor

from .reading import refused


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("export default {\n  'a' 1\n}", (2, 7), "a number stands where ':' should"),
        ("export default {a: 1", (1, 21), "the end of the file stands where ',' or '}' should"),
        ("export default [\n'open]", (2, 1), "''' is not expected"),
        ("import { a } of 'x'", (1, 14), "'of' stands where 'from' should"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(text: str, place: tuple[int, int], words: str) -> None:
    error = refused(text)
    assert (error.line, error.column) == place
    assert words in error.message


def test_values_that_double_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cursor, "_MOST_VALUES", 1000)
    doubling = "".join(f"const a{n + 1} = [...a{n}, ...a{n}];" for n in range(12))
    assert (
        "more than 1,000 values" in refused(f"const a0 = [1]; {doubling} export default {{a: a12}}").message
    )
