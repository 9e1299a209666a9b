from __future__ import annotations

from registry.domain.access import SYSTEM
from registry.domain.contracts import State
from registry.services import Registry, contracts, versions


def test_a_summary_and_the_version_itself_say_the_same(published: Registry) -> None:
    with published.unit.read(SYSTEM) as context:
        whole = versions.get(context, "erp/orders", "1.0.0")
        short = contracts.get(context, "erp/orders").latest
    assert short is not None
    for name in (
        "id",
        "contract",
        "version",
        "state",
        "specification",
        "digest",
        "operations",
        "published_at",
        "published_by",
    ):
        assert getattr(short, name) == getattr(whole, name), name
    assert whole.state is State.PUBLISHED
    assert whole.reference == "erp/orders@1.0.0"
