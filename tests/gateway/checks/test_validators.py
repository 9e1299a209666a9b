import jsonschema_rs
import pytest

from gateway.checks.validators import compile_validator


def test_formats_are_asserted_or_not() -> None:
    schema = {"type": "string", "format": "byte"}
    assert not compile_validator(schema, formats=True).is_valid("?")
    assert compile_validator(schema, formats=False).is_valid("?")


def test_look_around_is_run_and_cannot_run_away() -> None:
    validator = compile_validator({"pattern": "^(?!bad).+$"}, formats=True)
    assert (validator.is_valid("good"), validator.is_valid("bad")) == (True, False)
    hungry = compile_validator({"pattern": "^(?=(a+)+$)b"}, formats=True)
    assert not hungry.is_valid("a" * 60)


def test_messages_hold_no_values() -> None:
    (error,) = compile_validator({"maximum": 1}, formats=True).iter_errors(123456)
    assert "123456" not in error.message


def test_what_cannot_be_compiled_is_an_error() -> None:
    with pytest.raises((ValueError, jsonschema_rs.ValidationError)):
        compile_validator({"pattern": "["}, formats=True)
