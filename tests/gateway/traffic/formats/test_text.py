from gateway.traffic.formats import text
from gateway.traffic.summary import Endpoint, Summary
from tests.gateway.traffic.world import audited


def test_it_reads_from_worst_to_least() -> None:
    shown = text.render(audited(), "orders.har")
    heads = [
        "orders.har: 4 exchanges, 1 as",
        "Violations",
        "Shadow",
        "Refused by",
        "Never called",
        "Not looked at",
    ]
    places = [shown.index(head) for head in heads]
    assert places == sorted(places)
    assert "request body /quantity" in shown


def test_long_lists_are_cut_and_say_so() -> None:
    summary = Summary(exchanges=30, beyond=2)
    summary.shadow = {(str(n),): Endpoint("", f"GET /{n}", "", "", "", 1) for n in range(25)}
    shown = text.render(summary, "a")
    assert "… and 5 more" in shown
    assert "2  further findings" in shown
