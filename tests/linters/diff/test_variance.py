from __future__ import annotations

import pytest

from linters.diff.variance import Effect, Flow, broken, of_call, of_message, producer_is_base


@pytest.mark.parametrize(
    ("kind", "part", "flow"),
    [
        ("operation", "request", Flow.IN),
        ("operation", "response", Flow.OUT),
        ("webhook", "request", Flow.OUT),
        ("webhook", "response", Flow.IN),
        ("callback", "request", Flow.OUT),
        ("callback", "response", Flow.IN),
    ],
)
def test_webhooks_and_callbacks_turn_round(kind, part, flow) -> None:
    assert of_call(kind, part) is flow


def test_what_an_application_receives_comes_in_and_its_reply_goes_out() -> None:
    assert of_message("receive") is Flow.IN
    assert of_message("receive", reply=True) is Flow.OUT
    assert of_message("send") is Flow.OUT
    assert of_message("send", reply=True) is Flow.IN


@pytest.mark.parametrize(
    ("effect", "flow", "sides"),
    [
        (Effect.NARROWS, Flow.IN, ("consumer",)),
        (Effect.NARROWS, Flow.OUT, ("provider",)),
        (Effect.WIDENS, Flow.IN, ("provider",)),
        (Effect.WIDENS, Flow.OUT, ("consumer",)),
        (Effect.ALTERS, Flow.IN, ("consumer", "provider")),
        (Effect.WITHDRAWS, Flow.OUT, ("consumer",)),
        (Effect.OFFERS, Flow.IN, ("provider",)),
        (Effect.NONE, Flow.IN, ()),
    ],
)
def test_who_breaks(effect, flow, sides) -> None:
    assert broken(effect, flow) == sides


@pytest.mark.parametrize("effect", list(Effect))
def test_turning_the_data_round_turns_the_sides_round(effect: Effect) -> None:
    other = {"consumer": "provider", "provider": "consumer"}
    there, back = broken(effect, Flow.IN), broken(effect, Flow.OUT)
    if effect in (Effect.NARROWS, Effect.WIDENS):
        assert back == tuple(other[side] for side in there)
    else:
        assert back == there


def test_the_consumer_keeps_working_if_its_old_calls_are_still_taken() -> None:
    assert producer_is_base("consumer", Flow.IN)
    assert not producer_is_base("consumer", Flow.OUT)
    assert producer_is_base("provider", Flow.OUT)
    assert Flow.IN.reverse is Flow.OUT
