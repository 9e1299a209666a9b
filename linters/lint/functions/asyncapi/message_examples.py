"""`messageExamples`: the examples of a message fit its payload and headers.

A function of Lading's. The target is a Message Object of AsyncAPI 2.x or 3.x. Traits are merged as its version says,
and schemas are taken in the language that they are written in; one that cannot be judged judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import jsonschema_rs

from contracts.pointers import Path
from contracts.validity.flaws import flaws
from linters.lint.function import Check, Context, Function, Problem

from ._schemas import located, workbench

_MOST = 20


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    bench, message = workbench(context), located(context, target)
    if bench is None or message is None:
        return
    examples = bench.fields(message).get("examples")
    if examples is None or not isinstance(examples.value, list) or not examples.value:
        return
    below = bench.below(message, "examples")
    for part in bench.of_message(message):
        field = "headers" if "headers" in part.below else "payload"
        validator = bench.validator(part.schema)
        if validator is not None:
            yield from _judged(examples.value, field, validator, below)


def _judged(
    examples: list[Any], field: str, validator: jsonschema_rs.Draft202012Validator, below: Path
) -> Iterator[Problem]:
    for index, example in enumerate(examples):
        if isinstance(example, dict) and field in example:
            for flaw in islice(flaws(validator.iter_errors(example[field])), _MOST):
                message = f"The example does not fit the schema of the {field}. {flaw.message}"
                yield Problem(message, (*below, index, field, *flaw.path))


FUNCTION = Function("messageExamples", None, _prepare)
