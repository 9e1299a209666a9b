import jsonschema
import pytest

from contracts.references import load
from linters.lint import functions
from linters.lint.function import Context, Function, Problem

from .linting import document


def test_a_context_names_its_subject() -> None:
    context = Context(("a", "b"), {}, load(document({})), frozenset())
    assert context.subject == '"b" property '


def test_what_functions_remember_is_no_part_of_a_context() -> None:
    documents = load(document({}))
    one, other = (Context((), {}, documents, frozenset()) for _ in range(2))
    one.memo["a"] = 1
    assert other.memo == {}
    assert one == other


def test_a_function_is_prepared_once_and_asked_often() -> None:
    function = Function(
        "even", None, lambda _options: lambda target, _context: () if target % 2 == 0 else (Problem("odd"),)
    )
    check = function.prepare({})
    context = Context((), {}, load(document({})), frozenset())
    assert [list(check(number, context) or ()) for number in (1, 2)] == [[Problem("odd")], []]


def test_the_core_functions_of_spectral_are_there() -> None:
    assert set(functions.names()) >= {
        "alphabetical", "casing", "defined", "enumeration", "falsy", "length", "or", "pattern", "schema", "truthy",
        "typedEnum", "undefined", "unreferencedReusableObject", "xor",
    }  # fmt: skip


@pytest.mark.parametrize("name", functions.names())
def test_each_is_found_and_its_options_are_a_schema(name: str) -> None:
    function = functions.find(name)
    assert function is not None
    assert function.name == name
    if function.options is not None:
        jsonschema.Draft202012Validator.check_schema(function.options)


def test_unknown_names() -> None:
    assert functions.find("nope") is None
