from __future__ import annotations

from typing import Any

import pytest

from contracts.references import from_files
from linters.lint.function import Context
from linters.lint.functions.asyncapi.publisher import FUNCTION


def told(check: str, root: Any, **files: str) -> list[tuple[str, str]]:
    texts = {"a.yaml": "asyncapi: 3.0.0\n" + "".join(f"{name}: {{$ref: {name}.yaml}}\n" for name in files)}
    texts |= {f"{name}.yaml": text for name, text in files.items()}
    documents = from_files({name: text.encode() for name, text in texts.items()}, "a.yaml")
    context = Context((), root, documents, frozenset())
    problems = FUNCTION.prepare({"check": check})(root, context) or ()
    return [(problem.message, "/".join(map(str, problem.at or ()))) for problem in problems]


def channel(publisher: str | None, address: str, **more: Any) -> dict[str, Any]:
    return {"address": address, **more} | (
        {} if publisher is None else {"x-authoritative-publisher": publisher}
    )


def test_two_systems_at_one_address_are_one_too_many() -> None:
    root = {"channels": {"a": channel("WMS", "x"), "b": channel("TMS", "x"), "c": channel("WMS", "x")}}
    assert told("one", root) == [
        ("`x` is published by `TMS` at `b` and by `WMS` at `a`.", "channels/b/x-authoritative-publisher")
    ]


def test_an_event_is_known_by_its_type_also_where_its_name_differs() -> None:
    def messages(name: str) -> dict[str, Any]:
        return {"m": {"name": name, "payload": {"properties": {"type": {"const": "a.b.v1"}}}}}

    root = {
        "channels": {
            "a": channel("WMS", "x", messages=messages("one")),
            "b": channel("TMS", "y", messages=messages("two")),
        }
    }
    assert [message for message, _ in told("one", root)] == [
        "The event `a.b.v1` is published by `TMS` at `b` and by `WMS` at `a`."
    ]


def test_the_other_documents_of_the_set_count_too() -> None:
    other = (
        "asyncapi: 3.0.0\n"
        "channels: {theirs: {address: z, x-authoritative-publisher: TMS, messages: {m: {$ref: '#/components/messages/m'}}}}\n"
        "components: {messages: {m: {name: Dispatched}}}\n"
    )
    root = {"channels": {"ours": channel("WMS", "x", messages={"m": {"name": "Dispatched"}})}}
    assert told("one", root, other=other) == [
        (
            "The event `Dispatched` is published by `TMS` at `theirs` in other.yaml and by `WMS` at `ours`.",
            "channels/ours/x-authoritative-publisher",
        )
    ]


def test_who_says_nothing_claims_nothing() -> None:
    assert told("one", {"channels": {"a": channel(None, "x"), "b": channel("WMS", "x")}}) == []


def test_only_what_is_sent_needs_a_publisher() -> None:
    channels = {"a": channel(None, "x"), "b": channel(None, "y"), "c": channel("WMS", "z")}
    root = {
        "channels": channels,
        "operations": {
            "one": {"action": "send", "channel": channels["a"]},
            "two": {"action": "receive", "channel": channels["b"]},
            "three": {"action": "send", "channel": channels["c"]},
        },
    }
    assert told("stated", root) == [
        ("The channel `a` does not say which system may publish there.", "channels/a")
    ]


def test_a_document_in_which_none_is_named_hears_it_once() -> None:
    root = {"channels": {"a": {"subscribe": {}}, "b": {"subscribe": {}}, "c": {"publish": {}}}}
    assert told("stated", root) == [("None of the 2 channels says which system may publish there.", "")]


@pytest.mark.parametrize("root", [None, [], {"channels": []}, {"channels": {"a": 3}}])
def test_rubbish_is_left_alone(root: Any) -> None:
    assert told("stated", root) == []
    assert told("one", root) == []
