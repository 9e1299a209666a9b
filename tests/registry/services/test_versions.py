from __future__ import annotations

import pytest

from registry.domain.access import SYSTEM
from registry.domain.contracts import State, digest
from registry.domain.errors import NotFound
from registry.services import Registry, publishing, versions
from tests.registry.examples import orders, proposal


def test_a_version_is_there_for_ever_as_it_was_sent(published: Registry) -> None:
    with published.unit.read(SYSTEM) as context:
        version = versions.get(context, "erp/orders", "1.0.0")
        assert versions.files(context, version) == {"orders.yaml": orders()}
        assert version.files["orders.yaml"] == digest(orders())
        assert (version.state, version.major, version.specification) == (State.PUBLISHED, 1, "OpenAPI 3.0.3")
        assert versions.get(context, "erp/orders", "latest") == version
        for wrong in (("erp/orders", "9.9.9"), ("erp/absent", "1.0.0")):
            with pytest.raises(NotFound):
                versions.get(context, *wrong)
        with pytest.raises(NotFound):
            versions.content(context, digest(b"absent"))


def test_the_latest_is_the_highest_and_not_the_newest(published: Registry) -> None:
    for number in ("1.10.0", "1.2.0", "1.11.0-rc.1"):
        publishing.publish(published, SYSTEM, proposal(number, source="import"))
    with published.unit.read(SYSTEM) as context:
        assert [one.version for one in versions.browse(context, "erp/orders").items] == [
            "1.11.0-rc.1",
            "1.10.0",
            "1.2.0",
            "1.0.0",
        ]
        assert versions.get(context, "erp/orders", "latest").version == "1.11.0-rc.1"
        first = versions.browse(context, "erp/orders", limit=3)
        assert [one.version for one in versions.browse(context, "erp/orders", after=first.after).items] == [
            "1.0.0"
        ]


def test_what_a_new_version_follows(published: Registry) -> None:
    publishing.publish(published, SYSTEM, proposal("2.0.0", source="import"))
    with published.unit.read(SYSTEM) as context:

        def before(number: str | None) -> str | None:
            found = versions.predecessor(context, "erp/orders", number)
            return found.version if found else None

        assert [before(number) for number in ("0.9.0", "1.0.0", "1.0.1", "2.0.0", "3.0.0", None)] == [
            None,
            "1.0.0",
            "1.0.0",
            "2.0.0",
            "2.0.0",
            "2.0.0",
        ]
        assert versions.predecessor(context, "erp/absent", "1.0.0") is None


def test_live_versions_before_a_number(published: Registry) -> None:
    publishing.publish(published, SYSTEM, proposal("1.1.0"))
    with published.unit.read(SYSTEM) as context:

        def before(number: str, limit: int = 9) -> list[str]:
            return [one.version for one in versions.live_before(context, "erp/orders", number, limit)]

        assert before("2.0.0") == ["1.1.0", "1.0.0"]
        assert before("2.0.0", 1) == ["1.1.0"]
        assert before("1.0.5") == ["1.0.0"]
        assert before("0.9.0") == []
