"""A snapshot of one contract, without a registry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from contracts import model
from gateway.rules import DEFAULT_RULES, Rules
from gateway.snapshot.compiling import compile_contract
from gateway.snapshot.contract import Consumer, Contract
from gateway.snapshot.operation import Modes
from gateway.snapshot.servers import base_paths
from gateway.snapshot.snapshot import Snapshot, snapshot
from gateway.upstreams.settings import NOTHING_SAID, Settings, policy_of
from gateway.verdicts import DEFAULT_BOUNDS, Bounds


def standalone(
    api: model.HttpApi,
    upstream: str | Sequence[str] = "",
    *,
    bases: tuple[str, ...] | None = None,
    modes: Modes | None = None,
    rules: Rules = DEFAULT_RULES,
    bounds: Bounds = DEFAULT_BOUNDS,
    digest: str = "",
    consumers: Iterable[str] = (),
    settings: Settings = NOTHING_SAID,
) -> Snapshot:
    """The snapshot that serves one contract to anyone.

    Without `bases` the contract is served below the paths of its `servers`. Paths go to the upstream as they
    are, unless the upstream's URL has a path: then that takes the place of the base path; several upstreams have the
    path of the first. `consumers` are names of callers that the operator's configuration knows.
    """
    upstreams = [urlsplit(one) for one in ([upstream] if isinstance(upstream, str) else upstream) if one]
    served = base_paths(api.servers) if bases is None else tuple(base.rstrip("/") for base in bases)
    path = upstreams[0].path.rstrip("/") if upstreams else ""
    contract = Contract(
        name=api.title or "contract",
        version=api.version or "0",
        base_paths=served,
        upstreams=tuple(f"{parts.scheme}://{parts.netloc}" for parts in upstreams),
        upstream_path=path if path else ("" if bases is not None and any(served) else None),
        modes=modes or Modes("enforce", "enforce"),
        rules=rules,
        by_servers=bases is None,
        schemes=api.security_schemes,
        digest=digest,
    )
    said = settings.of(contract.name, contract.major)
    return snapshot(
        [compile_contract(replace(contract, policy=policy_of(said)), api, said=said)],
        id="standalone",
        environment="standalone",
        bounds=bounds,
        consumers=[Consumer(name, name, {}) for name in consumers],
    )
