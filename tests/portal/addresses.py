"""Every page there is, with an address at which the seeded portal shows something."""

from __future__ import annotations

from urllib.parse import quote

from .seeds import Seeded


def addresses(seeded: Seeded) -> dict[str, str]:
    """Address by the name of the page's module; a test holds that no page that can be read is missing."""
    orders = "/contracts/erp/orders"
    schema = quote("/components/schemas/Order")
    return {
        "home": "/",
        "catalogue": "/catalogue",
        "contract": orders,
        "contract_reference": f"{orders}/reference",
        "contract_operation": f"{orders}/operation?key={quote('GET /orders/{orderId}')}",
        "contract_schema": f"{orders}/schema?pointer={schema}",
        "contract_findings": "/contracts/events/unruly/findings",
        "contract_versions": f"{orders}/versions",
        "contract_callers": f"{orders}/callers",
        "contract_drift": f"{orders}/drift",
        "unknown": "/unknown",
        "contract_source": f"{orders}/source",
        "contract_diff": f"{orders}/diff?base={seeded.old}&revision={seeded.new}",
        "violations": "/violations",
        "violation": "/violations/1",
        "gate_runs": "/gate-runs",
        "gate_run": f"/gate-runs/{seeded.refused.id}",
        "consumers": "/consumers",
        "consumer": "/consumers/acme-wms",
        "policies": "/policies",
        "policy": "/policies/auth-stated",
        "waivers": "/waivers",
        "waiver": "/waivers/1",
        "waiver_decision": "/waivers/1/grant",
        "waiver_request": "/waivers/new?contract=events/unruly&rule=auth-stated&pointer=/paths",
        "calendar": "/calendar",
        "systems": "/systems",
        "audit": "/audit",
        "publish": "/publish",
        "components": "/portal/components",
    }


OPEN = {"sign_in": "/sign-in", "sign_in_link": "/sign-in/link?token=nothing"}
"""Pages for people who are not signed in."""
