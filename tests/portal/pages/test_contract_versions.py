"""The versions of a contract, and bringing one to its end."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx

from registry.domain.access import SYSTEM
from registry.domain.contracts import State
from registry.services import consumers, lifecycle, reports, versions
from tests.portal.conftest import Site
from tests.portal.seeds import VIEWER
from tests.portal.typing_in import sent


def test_states_dates_and_what_each_changed(client: httpx.Client, site: Site) -> None:
    page = client.get("/contracts/erp/orders/versions").text
    assert page.index(f">{site.seeded.new}</a>") < page.index(f">{site.seeded.old}</a>")
    assert f"take {site.seeded.new}" in page
    assert f"diff?base={site.seeded.old}&amp;revision={site.seeded.new}" in page


def test_each_version_tells_how_much_it_changed_and_where_the_changelog_comes_from(
    client: httpx.Client, site: Site
) -> None:
    page = client.get("/contracts/erp/orders/versions").text
    with site.registry.unit.read(SYSTEM) as context:
        (found, *_) = reports.diffs(context, "erp/orders", limit=1)
    assert f"{found.base}: {found.breaking} breaking, {found.unknown} unknown, {found.safe} safe" in page
    assert "<code>lading changelog erp/orders --registry --format html</code>" in page


def test_an_owner_announces_the_end(fresh: Site) -> None:
    path = "/contracts/wms/warehouse/versions"
    with fresh.registry.unit.read(SYSTEM) as context:
        number = versions.get(context, "wms/warehouse", "latest").version
    with fresh.client() as client:
        wrong = sent(client, path, do="deprecate", version_number=number, sunset="someday")
        assert wrong.status_code == 422
        assert "is no day" in wrong.text
        assert (
            sent(client, path, do="deprecate", version_number=number, sunset="2090-06-30").status_code == 303
        )
        early = sent(client, path, do="retire", version_number=number)
        assert early.status_code == 409
        assert "promised until 2090-06-30" in early.text
    with fresh.registry.unit.read(SYSTEM) as context:
        found = versions.get(context, "wms/warehouse", number)
        assert found.state is State.DEPRECATED
        assert found.sunset_at == datetime(2090, 6, 30, 23, 59, 59, tzinfo=UTC)


def test_a_version_without_a_date_can_be_retired(fresh: Site) -> None:
    path = "/contracts/wms/warehouse/versions"
    with fresh.registry.unit.read(SYSTEM) as context:
        number = versions.get(context, "wms/warehouse", "latest").version
    with fresh.client() as client:
        sent(client, path, do="deprecate", version_number=number)
        assert f"Retire {number}" in client.get(path).text
        assert sent(client, path, do="retire", version_number=number).status_code == 303
        page = client.get("/contracts/wms/warehouse").text
        assert "retired" in page


def test_who_a_version_still_serves_is_shown_and_a_reason_is_asked_for(fresh: Site) -> None:
    path = "/contracts/wms/warehouse/versions"
    with fresh.registry.unit(SYSTEM) as context:
        version = versions.get(context, "wms/warehouse", "latest")
        number = version.version
        consumers.subscribe(context, "web-shop", "wms/warehouse", version.major)
        lifecycle.deprecate(context, "wms/warehouse", number)
    with fresh.client() as client:
        page = client.get(path).text
        assert "It still serves 1 consumer:" in page
        assert 'href="/consumers/web-shop"' in page
        assert "subscribes, and did not call" in page
        unforced = sent(client, path, do="retire", version_number=number)
        assert unforced.status_code == 409
        assert "web-shop subscribes to it" in unforced.text
        bare = sent(client, path, do="retire", version_number=number, force="on")
        assert (bare.status_code, "needs a reason" in bare.text) == (422, True)
        given = {"do": "retire", "version_number": number, "force": "on", f"reason-{number}": "It leaks."}
        assert sent(client, path, **given).status_code == 303
        assert "It leaks." in client.get("/audit").text
    with fresh.registry.unit.read(SYSTEM) as context:
        assert versions.get(context, "wms/warehouse", number).state is State.RETIRED


def test_a_viewer_is_offered_nothing_and_refused(fresh: Site) -> None:
    path = "/contracts/wms/warehouse/versions"
    with fresh.client(VIEWER) as client:
        assert "Announce the end" not in client.get(path).text
        assert sent(client, path, do="deprecate", version_number="1.0.0").status_code == 403
