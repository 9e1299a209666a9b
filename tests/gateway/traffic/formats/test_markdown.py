from gateway.traffic.formats import markdown
from gateway.traffic.summary import Endpoint, Summary
from tests.gateway.traffic.world import audited


def test_it_has_a_table_for_each_kind() -> None:
    shown = markdown.render(audited(), "orders.har")
    for head in (
        "Violations",
        "Shadow endpoints",
        "Refused by the service itself",
        "Never called",
        "Not looked at",
    ):
        assert f"## {head}\n\n|" in shown


def test_nothing_that_was_called_becomes_markup() -> None:
    summary = Summary(exchanges=1, beyond=1)
    summary.shadow = {("x",): Endpoint("", "GET /<script>|`a`\n# b", "*h*", "", "", 1)}
    shown = markdown.render(summary, "a")
    assert "<script>" not in shown
    assert "\\|\\`a\\` # b" in shown
    assert "further findings" in shown
