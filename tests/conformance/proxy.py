"""Cases of validating proxies, replayed through a gateway that runs, or through its decoders.

What cannot go through this gateway as it is on the wire (TLS, another peer, bytes that are no HTTP) is put to its
decision instead, which is the same that the gateway makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from .proxying import decoders, exchanges, schemas
from .proxying.cases import Case, cases
from .proxying.deciding import directly
from .proxying.running import running
from .results import CaseResult, judged, skipped

DECODERS: dict[str, Callable[[Case, Path], str | None]] = {
    "param-serialization": lambda case, data: decoders.parameter(case),
    "body-deserialization": lambda case, data: decoders.body(case),
    "http-desync": lambda case, data: decoders.head(case),
    "libopenapi-validator-schema": schemas.schema,
}


def replay(data: Path) -> Iterator[CaseResult]:
    """One result per case of every set that is in the folder."""
    with running() as gateway:
        for name, setup in exchanges.SETUPS.items():
            for case in _of(data, name):
                made = setup(case)
                if isinstance(made, str):
                    yield skipped(name, case["id"], made)
                elif exchanges.goes_on_the_wire(case, made):
                    judge = partial(exchanges.judge, case, data, made, gateway, gateway.upstream)
                    yield judged(name, case["id"], judge)
                else:
                    yield judged(name, case["id"], partial(exchanges.judge, case, data, made, directly))
    for name, decoder in DECODERS.items():
        for case in _of(data, name):
            if name == "param-serialization" and "request" not in case:
                yield skipped(name, case["id"], "the data has no wire form for it")
            else:
                yield judged(name, case["id"], partial(decoder, case, data))


def _of(data: Path, name: str) -> Iterator[Case]:
    path = data / f"{name}.jsonl"
    return cases(path) if path.is_file() else iter(())
