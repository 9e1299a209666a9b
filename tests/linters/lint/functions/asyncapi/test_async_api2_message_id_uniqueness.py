from __future__ import annotations

from tests.linters.lint.linting import ask


def test_of_two_messages_of_one_id_the_second_is_told() -> None:
    choice = {"oneOf": [{"messageId": "x"}, {"messageId": "y"}]}
    document = {
        "channels": {"a": {"subscribe": {"message": choice}, "publish": {"message": {"messageId": "y"}}}}
    }
    found = ask("asyncApi2MessageIdUniqueness", document, path=())
    assert [problem.below for problem in found] == [("channels", "a", "publish", "message", "messageId")]


def test_messages_without_an_id_are_not_compared() -> None:
    document = {"channels": {"a": {"subscribe": {"message": {}}, "publish": {"message": {}}}}}
    assert ask("asyncApi2MessageIdUniqueness", document, path=()) == []
