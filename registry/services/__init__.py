"""What the registry does: plain functions, each handed a `Context` (open transaction, actor, time) first.

    registry = Registry.open(Settings(data=folder, database_url="sqlite:///…"))
    with registry.unit.read(actor) as context:        # looks only
        page = contracts.browse(context, contracts.Filter(domain="erp"), after=None, limit=50)
    with registry.unit(actor) as context:             # one transaction; commits at the end of the block
        lifecycle.deprecate(context, "erp/orders", "1.2.0", sunset_at=moment, replacement="2.0.0")

Services never commit, return frozen dataclasses of `registry.domain`, and raise `registry.domain.errors`.
Lists come as `Page(items, after)`; hand `after` back for the next page. Times are aware and UTC.

    contracts    create, change, get, browse(Filter), elements, exists, count
    versions     get, browse, content, files, predecessor, live_before
    lifecycle    publish_draft, deprecate, retire, calendar
    dependents   of
    publishing   publish(registry, actor, Proposal), check(registry, actor, Proposal), compare(registry, actor, contract, base, revision)
                 (these open their own transactions: judging takes seconds)
    reports      lint, diff, diffs
    gates        get, browse
    waivers      request, get, browse, waiting, grant, refuse, withdraw, counting
    catalogue    search
    teams        put_/list of teams, domains, systems, environments, plans
    consumers    create, get, browse, subscribe, unsubscribe, extend, pin, subscribers, issue_key, rotate_key, revoke_key
    deployments  put, browse, withdraw
    observations ingest
    retention    purge
    drift        shadows, zombies, drift
    traffic      callers, usage, violations, violation, acknowledge, reopen
    bundles      current(unit, signer, actor, environment), revision
    identity     put_person, people, person, issue_link, redeem_link, session, end_session, COOKIE
    tokens       issue, authenticate, browse, revoke
    audit        browse, verify
"""

from .registry import Oidc, Registry, Settings
from .unit import Context, UnitOfWork

__all__ = ["Context", "Oidc", "Registry", "Settings", "UnitOfWork"]
