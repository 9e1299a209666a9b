from __future__ import annotations

from tests.linters.lint.linting import ask


def test_of_two_operations_of_one_id_the_second_is_told() -> None:
    document = {
        "channels": {
            "a": {"subscribe": {"operationId": "x"}, "publish": {"operationId": "y"}},
            "b": {"subscribe": {"traits": [{"operationId": "x"}]}, "publish": {"operationId": "z"}},
        }
    }
    found = ask("asyncApi2OperationIdUniqueness", document, path=())
    assert [problem.below for problem in found] == [
        ("channels", "b", "subscribe", "traits", 0, "operationId")
    ]


def test_an_id_is_text() -> None:
    document = {"channels": {"a": {"subscribe": {"operationId": 1}, "publish": {"operationId": 1}}}}
    assert ask("asyncApi2OperationIdUniqueness", document, path=()) == []
