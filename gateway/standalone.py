"""A snapshot of one contract, without a registry."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from contracts import model
from gateway.rules import DEFAULT_RULES, Rules
from gateway.snapshot.compiling import compile_contract
from gateway.snapshot.contract import Consumer, Contract
from gateway.snapshot.operation import Modes
from gateway.snapshot.servers import base_paths
from gateway.snapshot.snapshot import Snapshot, snapshot
from gateway.verdicts import DEFAULT_BOUNDS, Bounds


def standalone(
    api: model.HttpApi,
    upstream: str = "",
    *,
    bases: tuple[str, ...] | None = None,
    modes: Modes | None = None,
    rules: Rules = DEFAULT_RULES,
    bounds: Bounds = DEFAULT_BOUNDS,
    digest: str = "",
    consumers: Iterable[str] = (),
) -> Snapshot:
    """The snapshot that serves one contract to anyone.

    Without `bases` the contract is served below the paths of its `servers`. Paths go to the upstream as they
    are, unless the upstream's URL has a path: then that takes the place of the base path. `consumers` are names of
    callers that the operator's configuration knows.
    """
    parts = urlsplit(upstream)
    served = base_paths(api.servers) if bases is None else tuple(base.rstrip("/") for base in bases)
    path = parts.path.rstrip("/")
    contract = Contract(
        name=api.title or "contract",
        version=api.version or "0",
        base_paths=served,
        upstreams=(f"{parts.scheme}://{parts.netloc}",) if upstream else (),
        upstream_path=path if path else ("" if bases is not None and any(served) else None),
        modes=modes or Modes("enforce", "enforce"),
        rules=rules,
        by_servers=bases is None,
        schemes=api.security_schemes,
        digest=digest,
    )
    return snapshot(
        [compile_contract(contract, api)],
        id="standalone",
        environment="standalone",
        bounds=bounds,
        consumers=[Consumer(name, name, {}) for name in consumers],
    )
