from __future__ import annotations

from linters.diff import pairing

from .building import api, events, http


def test_templates_forget_the_names_of_parameters() -> None:
    assert pairing.template("/orders/{id}/lines/{line}") == "/orders/{}/lines/{}"
    assert pairing.renamed_parameters("/orders/{id}", "/orders/{orderId}") == {"id": "orderId"}


def test_operations_pair_by_method_and_template() -> None:
    base, revision = http(path="/orders/{id}"), http(path="/orders/{orderId}")
    found = pairing.operations(base.operations, revision.operations)
    assert [(old.path, new.path) for old, new in found.both] == [("/orders/{id}", "/orders/{orderId}")]
    other = pairing.operations(base.operations, http(path="/orders/{id}", method="put").operations)
    assert (len(other.both), len(other.removed), len(other.added)) == (0, 1, 1)


def test_equal_templates_go_before_renamed_ones() -> None:
    base = http(path="/a/{x}")
    revision = api(
        {
            "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
            "paths": {"/a/{y}": {"post": {"responses": {}}}, "/a/{x}": {"post": {"responses": {}}}},
        }
    )  # fmt: skip
    found = pairing.operations(base.operations, revision.operations)
    assert [new.path for _, new in found.both] == ["/a/{x}"]
    assert [one.path for one in found.added] == ["/a/{y}"]


def test_event_operations_pair_by_action_and_address() -> None:
    base, revision = events("send"), events("send")
    assert len(pairing.event_operations(base.operations, revision.operations).both) == 1
    assert not pairing.event_operations(base.operations, events("receive").operations).both
    assert not pairing.event_operations(base.operations, events("send", address="other").operations).both


def test_messages_pair_by_key_then_by_name_and_at_last_alone() -> None:
    (old,) = events().operations[0].messages
    (renamed,) = events(name="OrderTaken").operations[0].messages
    assert pairing.messages([old], [renamed]).both == ((old, renamed),)
    assert pairing.messages([old], []).removed == (old,)
    assert pairing.messages([], [old]).added == (old,)


def test_names_keep_the_order_of_the_documents() -> None:
    assert pairing.names({"b": 1, "a": 1}, {"c": 1, "a": 1}) == (["a"], ["b"], ["c"])
