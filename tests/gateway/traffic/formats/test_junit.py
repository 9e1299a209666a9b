from xml.etree import ElementTree as ET

from gateway.traffic.formats import junit
from gateway.traffic.summary import Endpoint, Summary
from tests.gateway.traffic.world import audited


def test_each_operation_is_a_case() -> None:
    suite = ET.fromstring(junit.render(audited(), "orders.har"))
    kinds = {case.get("name"): [child.tag for child in case] for case in suite}
    assert kinds == {
        "GET /orders": [],
        "POST /orders": ["failure"],
        "GET /erp/v1/customers/{}": ["failure"],
        "GET /events": ["skipped"],
        "GET /orders/{orderId}": ["skipped"],
    }
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("5", "2", "2")


def test_what_was_not_judged_is_an_error() -> None:
    suite = ET.fromstring(junit.render(Summary(), "a\x00b"))
    assert suite.get("errors") == "1"


def test_zombies_and_what_is_beyond_fail() -> None:
    summary = Summary(exchanges=1, beyond=1)
    summary.zombies = {("x",): Endpoint("a@1", "GET /x", "", "ended", "", 2)}
    assert ET.fromstring(junit.render(summary, "a")).get("failures") == "2"
