import tomllib

from gateway.upstreams.policy import (
    NO_RETRIES,
    PLAIN,
    USUAL,
    Breaking,
    Checks,
    Course,
    Ejection,
    Policy,
    Retries,
)  # fmt: skip
from gateway.upstreams.settings import NOTHING_SAID, Settings, course_of, merged, misunderstood, policy_of

TEXT = """
[upstreams]
connect_timeout = 1.5
timeout = 20
breaker = true
retries = {attempts = 2, statuses = [503], idempotency_key = true}
health = {path = "/healthz"}

[contracts."erp/orders"]
in_flight = 50
ejection = false
retries.attempts = 3

[contracts."erp/orders".operations."POST /orders"]
timeout = 2.5
retries = 0
idempotency = "require"

[contracts."erp/orders@2"]
breaker = {calls = 5}
"""
VALUE = tomllib.loads(TEXT)
SETTINGS = Settings(VALUE["upstreams"], VALUE["contracts"])


def test_what_is_said_of_the_narrower_counts() -> None:
    assert policy_of(SETTINGS.of("erp/others", 1)) == Policy(
        connect_timeout=1.5,
        checks=Checks("/healthz"),
        breaking=Breaking(),
        retries=Retries(attempts=2, statuses=frozenset({503}), idempotency_key=True),
    )
    assert policy_of(SETTINGS.of("erp/orders", 2)) == Policy(
        connect_timeout=1.5,
        in_flight=50,
        ejection=None,
        checks=Checks("/healthz"),
        breaking=Breaking(calls=5),
        retries=Retries(attempts=3, statuses=frozenset({503}), idempotency_key=True),
    )


def test_what_a_deployment_says_counts_more_than_the_general_and_less_than_the_particular() -> None:
    stated = {"connect_timeout": 9, "in_flight": 7}
    found = policy_of(SETTINGS.of("erp/orders", 1, stated))
    assert (found.connect_timeout, found.in_flight) == (9, 50)


def test_operations_have_times_and_keys_of_their_own() -> None:
    said = SETTINGS.of("erp/orders", 1)
    assert course_of(said, "POST /orders") == Course(2.5, 0, "require")
    assert course_of(said, "GET /orders") == Course(20, None, "off")


def test_where_nothing_is_said_nothing_is_made() -> None:
    assert policy_of(NOTHING_SAID.of("erp/orders", 1)) is PLAIN
    assert course_of({}, "GET /") is USUAL
    assert course_of({"idempotency": "off"}, "GET /") is USUAL


def test_parts_are_switched_off_and_on() -> None:
    assert policy_of({"ejection": False, "retries": False}) == Policy(ejection=None, retries=NO_RETRIES)
    assert policy_of({"ejection": True, "retries": True, "breaker": False}) == Policy(
        ejection=Ejection(), retries=Retries()
    )
    assert policy_of({"ejection": {"failures": 2}}).ejection == Ejection(failures=2)


def test_equal_settings_make_one_key() -> None:
    assert hash(policy_of(SETTINGS.of("a", 1))) == hash(policy_of(SETTINGS.of("b", 1)))


def test_merging_leaves_its_layers_alone() -> None:
    one, two = {"a": {"b": 1}}, {"a": {"c": 2}}
    assert merged(one, two) == {"a": {"b": 1, "c": 2}}
    assert (one, two) == ({"a": {"b": 1}}, {"a": {"c": 2}})
    assert merged({"a": True}, {"a": {"b": 1}}, {"a": False}) == {"a": False}


def test_settings_for_operations_that_are_not_there_are_found() -> None:
    assert SETTINGS.strangers({"erp/orders@1": ["GET /orders"]}) == ["erp/orders: POST /orders"]
    assert SETTINGS.strangers({"erp/orders@1": ["GET /orders"], "erp/orders@2": ["POST /orders"]}) == []
    assert SETTINGS.strangers({"erp/other@1": []}) == []


def test_keys_are_minded_where_calls_are_not_idempotent_by_themselves() -> None:
    said = {"idempotency": "require", "operations": {"DELETE /b": {"idempotency": "require"}}}
    assert [course_of(said, key).keys for key in ("POST /a", "PATCH /a", "PUT /a", "DELETE /b", "GET /a")] == [
        "require", "require", "accept", "require", "off",
    ]  # fmt: skip
    assert course_of({"operations": {"GET /a": {"idempotency": "accept"}}}, "GET /a") is USUAL


def test_what_is_not_understood_is_told_by_its_place_and_without_its_value() -> None:
    assert misunderstood({"breaker": True, "operations": {"GET /": {"timeout": 1}}}) == ""
    told = misunderstood({"retries": {"attempts": 99, "secret": "planted"}, "timeout": "planted"})
    assert told.startswith(("retries", "timeout"))
    assert "planted" not in told
