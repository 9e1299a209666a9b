"""`asyncApi2MessageExamplesValidation`: the examples of an AsyncAPI 2.x message fit its `payload` and `headers`.

The target is a Message Object or a trait; its traits are merged in first (2.6.0, Message Object, `traits`).
Schemas are taken as JSON Schema draft-07, whatever `schemaFormat` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from contracts.asyncapi.traits import patched
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.functions.schema import FUNCTION as SCHEMA

_PARTS = ("payload", "headers")


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    if not isinstance(target, dict) or not all(
        isinstance(target.get(key, ""), str) for key in ("name", "summary")
    ):
        return
    message = target
    for trait in target["traits"] if isinstance(target.get("traits"), list) else ():
        message = patched(message, trait) if isinstance(trait, dict) else message
    examples = message.get("examples")
    if not isinstance(examples, list) or not examples:
        return
    valid = {part: _validity(message.get(part)) for part in _PARTS}
    for index, example in enumerate(examples):
        yield from _judged(index, example, valid, context)


def _validity(schema: Any) -> Check | None:
    """None where there is no schema that a value could be held against."""
    if not isinstance(schema, dict | bool):
        return None
    return SCHEMA.prepare({"schema": schema, "allErrors": True})


def _judged(
    index: int, example: Any, valid: Mapping[str, Check | None], context: Context
) -> Iterator[Problem]:
    for part, check in valid.items():
        if check is None or not isinstance(example, dict) or part not in example:
            continue
        below = ("examples", index, part)
        for problem in check(example[part], replace(context, path=(*context.path, *below))) or ():
            yield Problem(problem.message, (*below, *problem.below))


FUNCTION = Function("asyncApi2MessageExamplesValidation", None, _prepare)
