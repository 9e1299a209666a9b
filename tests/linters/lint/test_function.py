from contracts.references import load
from linters.lint.function import Context, Function, Problem

from .linting import document


def test_a_context_names_its_subject() -> None:
    context = Context(("a", "b"), {}, load(document({})), frozenset())
    assert context.subject == '"b" property '


def test_a_function_is_prepared_once_and_asked_often() -> None:
    function = Function(
        "even", None, lambda _options: lambda target, _context: () if target % 2 == 0 else (Problem("odd"),)
    )
    check = function.prepare({})
    context = Context((), {}, load(document({})), frozenset())
    assert [list(check(number, context) or ()) for number in (1, 2)] == [[Problem("odd")], []]
