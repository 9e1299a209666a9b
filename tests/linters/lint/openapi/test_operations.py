from linters.lint.openapi.operations import METHODS, operations, title


def test_operations_are_found_by_their_methods() -> None:
    item = {"get": {"a": 1}, "query": {}, "summary": "x", "parameters": [], "put": None}
    found = list(operations({"/a": item, "/b": None}))
    assert found == [(("/a", "get"), {"a": 1}), (("/a", "query"), {})]


def test_additional_operations_are_one_step_further() -> None:
    ((path, _),) = operations({"/a": {"additionalOperations": {"COPY": {}}}})
    assert path == ("/a", "additionalOperations", "COPY")
    assert title(path) == "COPY /a"


def test_the_methods_are_those_of_the_latest_specification() -> None:
    assert {"trace", "query"} <= METHODS
