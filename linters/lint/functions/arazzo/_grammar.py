"""Runtime expressions by their grammar (Arazzo 1.1.0, "Runtime Expressions", with 1.0.1 as a part of it)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ID = r"[A-Za-z0-9_-]+"
_NAME = r"[A-Za-z0-9._-]+"
_POINTER = r"(?:#(?:/[^/{}]*)*)?"
_MESSAGE = (
    rf"header\.[!#$%&'*+.^_`|~0-9A-Za-z-]+|(?:query|path)\.[^{{}}]+|body{_POINTER}|payload(?:{_POINTER}|\..+)"
)
_FORMS: dict[str, str] = {
    "url": "",
    "method": "",
    "statusCode": "",
    "self": "",
    "request": rf"\.(?:{_MESSAGE})",
    "response": rf"\.(?:{_MESSAGE})",
    "message": rf"\.(?:{_MESSAGE})",
    "inputs": rf"\.({_NAME}){_POINTER}",
    "outputs": rf"\.({_NAME}){_POINTER}",
    "steps": rf"\.({_ID})\.outputs\.({_NAME}){_POINTER}",
    "workflows": (
        rf"\.({_ID})\.(?:(inputs|outputs)\.({_NAME}){_POINTER}|steps\.({_ID})(?:\.outputs\.({_NAME}){_POINTER})?)"
    ),
    "sourceDescriptions": rf"\.({_ID})\.[^{{}}]+",
    "components": rf"\.(inputs|parameters|successActions|failureActions)\.({_NAME})",
}
_COMPILED = {word: re.compile(form) for word, form in _FORMS.items()}
_EXAMPLES = {
    "request": "$request.header.name, $request.query.name, $request.path.name or $request.body#/pointer",
    "response": "$response.header.name or $response.body#/pointer",
    "message": "$message.header.name or $message.payload#/pointer",
    "inputs": "$inputs.name",
    "outputs": "$outputs.name",
    "steps": "$steps.stepId.outputs.name",
    "workflows": "$workflows.workflowId.outputs.name",
    "sourceDescriptions": "$sourceDescriptions.name.operationId",
    "components": "$components.parameters.name",
}
_WORD = re.compile(r"\$([A-Za-z]+)")
_MEANT = re.compile(r"\$(?:(?:url|method|statusCode|self)$|[A-Za-z]+\.)")
_EMBEDDED = re.compile(r"\{(\$[^{}]*)\}")
_SELECTED = re.compile(r"(\$[^\[]*?)(?:\[.*|\.)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Expression:
    """`word` is what it begins with, `names` the parts of its form that name something, None where absent."""

    word: str
    names: tuple[str | None, ...]


def is_meant(text: str) -> bool:
    """Whether a text is written as an expression, well or not; `$5.00` is not."""
    return _MEANT.match(text) is not None


def embedded(text: str) -> Iterator[str]:
    """The expressions in braces within a text."""
    return (match[1] for match in _EMBEDDED.finditer(text))


def without_embedded(text: str, instead: str) -> str:
    """A text with its embedded expressions replaced."""
    return _EMBEDDED.sub(instead, text)


def read(text: str, *, selecting: bool = False) -> Expression | str:
    """The expression, or what is wrong with it.

    `selecting` is for simple conditions, where `.name` and `[index]` pick parts of what an expression gives.
    """
    match = _WORD.match(text)
    word = match[1] if match else ""
    if word not in _COMPILED:
        close = difflib.get_close_matches(word, _COMPILED, n=1)
        return f"`{text}` is no runtime expression" + (f"; did you mean `${close[0]}`?" if close else ".")
    found = _match(word, text[len(word) + 1 :], selecting)
    if found is None:
        return f"`{text}` is no runtime expression; " + (
            f"write {_EXAMPLES[word]}." if word in _EXAMPLES else f"nothing follows `${word}`."
        )
    return Expression(word, found.groups())


def _match(word: str, rest: str, selecting: bool) -> re.Match[str] | None:
    found = _COMPILED[word].fullmatch(rest)
    if found is not None or not selecting:
        return found
    body = re.fullmatch(r"\.body[.\[].*", rest, re.DOTALL)
    if body is not None and word in ("request", "response"):
        return _COMPILED[word].fullmatch(".body")
    return _COMPILED[word].fullmatch(rest.partition("[")[0])
