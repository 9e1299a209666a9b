from __future__ import annotations

from typing import Any

import pytest

from linters.lint import RulesetError, load_ruleset


def _fault(then: Any, given: str = "$") -> RulesetError:
    with pytest.raises(RulesetError) as error:
        load_ruleset({"rules": {"r": {"given": given, "then": then}}})
    return error.value


def test_functions_are_found_or_refused_by_name() -> None:
    fault = _fault({"function": "truhty"})
    assert (fault.code, fault.path) == ("undefined-function", ("rules", "r", "then", "function"))
    assert "truthy" in fault.advice


@pytest.mark.parametrize(
    ("function", "options", "below"),
    [
        ("truthy", {}, ()),
        ("casing", {"type": "foo"}, ("type",)),
        ("casing", {"type": "flat", "x": 1}, ("x",)),
        ("length", None, ()),
        ("enumeration", {"values": [{}]}, ("values",)),
        ("pattern", {"match": "/a/x!"[:4] + "x"}, ()),
        ("pattern", {"match": "("}, ()),
    ],
)
def test_options_are_checked_before_anything_runs(
    function: str, options: Any, below: tuple[str, ...]
) -> None:
    then = {"function": function} if options is None else {"function": function, "functionOptions": options}
    fault = _fault([then])
    assert (fault.code, fault.path) == (
        "invalid-function-options",
        ("rules", "r", "then", 0, "functionOptions", *below),
    )


def test_expressions_are_checked_before_anything_runs() -> None:
    assert _fault({"function": "truthy"}, "$.a[").code == "invalid-expression"
    assert _fault({"function": "truthy"}, "#Nope").code == "undefined-alias"
    assert _fault({"function": "truthy", "field": "$["}).path == ("rules", "r", "then", "field")
