"""A snapshot of one contract, without a registry."""

from __future__ import annotations

from urllib.parse import urlsplit

from contracts import model
from gateway.snapshot.compiling import compile_contract
from gateway.snapshot.contract import Contract
from gateway.snapshot.operation import Modes
from gateway.snapshot.servers import authorities, base_paths
from gateway.snapshot.snapshot import Snapshot, snapshot
from gateway.verdicts import DEFAULT_BOUNDS, DEFAULT_RULES, Bounds, Rules


def standalone(
    api: model.HttpApi,
    upstream: str = "",
    *,
    base_path: str | None = None,
    modes: Modes | None = None,
    rules: Rules = DEFAULT_RULES,
    bounds: Bounds = DEFAULT_BOUNDS,
    digest: str = "",
) -> Snapshot:
    """The snapshot that serves one contract to anyone.

    Without `base_path` the contract is served below the paths of its `servers`. Paths go to the upstream as they
    are, unless the upstream's URL has a path: then that takes the place of the base path.
    """
    parts = urlsplit(upstream)
    bases = base_paths(api.servers) if base_path is None else (base_path.rstrip("/"),)
    path = parts.path.rstrip("/")
    contract = Contract(
        name=api.title or "contract",
        version=api.version or "0",
        base_paths=bases,
        upstreams=(f"{parts.scheme}://{parts.netloc}",) if upstream else (),
        upstream_path=path if path else ("" if base_path else None),
        modes=modes or Modes("enforce", "enforce"),
        rules=rules,
        authorities=authorities(api.servers) if rules.hosts == "servers" else (),
        schemes=api.security_schemes,
        digest=digest,
    )
    return snapshot(
        [compile_contract(contract, api)], id="standalone", environment="standalone", bounds=bounds
    )
