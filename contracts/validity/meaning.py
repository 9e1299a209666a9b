"""Rules of OpenAPI that no JSON Schema can say, by openapi-spec-validator.

It knows that operation ids are unique, that path parameters match their template, that a default fits its schema.
We hand it our own documents (it reads no file and no URL), learn from each error where it was found, and bound the
work. Its `SpecValidator.iter_errors` keeps every document for ever in a cache, so its parts are used one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import unquote

from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from jsonschema_path import SchemaPath
from openapi_schema_validator.validators import OAS30Validator, OAS31Validator, OAS32Validator
from openapi_spec_validator.validation import (
    OpenAPIV2SpecValidator,
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
    keywords,
)
from openapi_spec_validator.validation.exceptions import (
    DuplicateOperationIDError,
    ExtraParametersError,
    ParameterDuplicateError,
    UnresolvableParameterError,
)
from openapi_spec_validator.validation.registries import KeywordValidatorRegistry

from contracts.pointers import Path
from contracts.references import DocumentSet

from .flaws import Flaw, what

FUEL = 20_000
"""How many `$ref`s are followed while defaults are checked; alternatives of alternatives double at each.

The documents that we know need less than 500."""

_SPECIFICATIONS = {
    "2.0": OpenAPIV2SpecValidator,
    "3.0": OpenAPIV30SpecValidator,
    "3.1": OpenAPIV31SpecValidator,
    "3.2": OpenAPIV32SpecValidator,
}
_VALUES: dict[str, Any] = {
    "2.0": OAS30Validator,
    "3.0": OAS30Validator,
    "3.1": OAS31Validator,
    "3.2": OAS32Validator,
}
_TOLD = {
    DuplicateOperationIDError: ("duplicate-operation-id", "Give each operation an id of its own."),
    ParameterDuplicateError: ("duplicate-parameter", "Keep one of the two."),
    UnresolvableParameterError: (
        "path-parameter",
        "Name the same parameters in the path's braces and, with 'in: path', in the operation.",
    ),
}
Keywords: TypeAlias = Mapping[str, type[keywords.KeywordValidator]]


class Exhausted(Exception):
    """The defaults of a document take more work to check than is allowed."""


def flaws(documents: DocumentSet, line: str) -> Iterator[Flaw]:
    """What breaks these rules, in the order of the document; paths lead through references.

    Raises `Exhausted`, and what openapi-spec-validator raises when a part that it was led to by a reference is
    not what should be there.
    """
    root = SchemaPath.from_dict(
        documents.root.value,
        base_uri=documents.root.source,
        handlers=_only(documents),
        resolved_cache_maxsize=4096,
    )
    fuel = [FUEL]
    check = KeywordValidatorRegistry(
        {name: _ours(kind, fuel, line) for name, kind in _keywords(line).items()}
    )
    for error in check["__root__"](root):  # type: ignore[operator]
        if not isinstance(error, ExtraParametersError):
            # `required` may name what no `properties` describes: JSON Schema allows it, and people do it.
            yield _flaw(error)


def _keywords(line: str) -> Keywords:
    return _SPECIFICATIONS[line].keyword_validators


def _only(documents: DocumentSet) -> Mapping[str, Callable[[str], Any]]:
    """Handlers for every scheme that give the documents of the set and nothing else."""

    def give(uri: str) -> Any:
        found = documents.documents.get(uri) or documents.documents.get(unquote(uri))
        if found is None:
            raise LookupError(f"'{uri}' is not among the contract's files")
        return found.value

    class Every(dict[str, Callable[[str], Any]]):
        def __contains__(self, scheme: object) -> bool:
            return True

        def __missing__(self, scheme: str) -> Callable[[str], Any]:
            return give

    return Every()


def _flaw(error: ValidationError) -> Flaw:
    path: Path = tuple(getattr(error, "place", ()))
    for kind, (code, advice) in _TOLD.items():
        if isinstance(error, kind):
            return Flaw(code, path, error.message.rstrip(".") + ".", advice)
    if path and path[-1] == "default":
        value = what(error.instance)
        return Flaw(
            "default", path, f"The default ({value}) does not fit its schema.", "Correct one of the two."
        )
    return Flaw("invalid", path, error.message.rstrip(".") + ".")


def _ours(
    kind: type[keywords.KeywordValidator], fuel: list[int], line: str
) -> type[keywords.KeywordValidator]:
    """The same check, that tells where it found something."""
    if issubclass(kind, keywords.ValueValidator):
        return _values(kind, fuel, line)
    return _placed(kind)


def _placed(kind: Any) -> type[keywords.KeywordValidator]:
    body: dict[str, Any] = {"__call__": _call(kind)}
    if issubclass(kind, keywords.SchemaValidator):
        body |= {
            "__init__": _initialise,
            # Checked before, by the schema of the whole document, and much faster.
            "_validate_schema_meta": lambda self, schema, value: None,
            # Needed only for what `flaws` leaves out; it visits shared schemas again and again.
            "_collect_properties": lambda self, schema: set(),
        }
    if issubclass(kind, keywords.OperationValidator):
        body["_get_path_params_from_url"] = lambda self, url: re.findall(r"\{([^{}]+)\}", url)
    return type(kind.__name__, (kind,), body)


class _Seen(set[int]):
    """A set where a list is expected."""

    append = set.add


def _initialise(self: Any, registry: Any) -> None:
    super(type(self), self).__init__(registry)
    self.visited_schema_ids = _Seen()


def _call(kind: type[Any], *, tail: tuple[str, ...] = ()) -> Callable[..., Iterator[ValidationError]]:
    def call(self: Any, *arguments: Any, **named: Any) -> Iterator[ValidationError]:
        for error in kind.__call__(self, *arguments, **named):
            if not hasattr(error, "place"):
                node = next(argument for argument in arguments if isinstance(argument, SchemaPath))
                error.place = (*node.parts, *tail)
            yield error

    return call


def _values(kind: type[keywords.ValueValidator], fuel: list[int], line: str) -> type[keywords.ValueValidator]:
    base = _VALUES[line]
    follow = base.VALIDATORS["$ref"]

    def counted(validator: Any, reference: Any, instance: Any, schema: Any) -> Any:
        fuel[0] -= 1
        if fuel[0] < 0:
            raise Exhausted
        return follow(validator, reference, instance, schema)

    body = {
        "__call__": _call(kind, tail=("default",)),
        "value_validator_cls": extend(base, {"$ref": counted}),  # type: ignore[no-untyped-call]
    }
    return type(kind.__name__, (kind,), body)
