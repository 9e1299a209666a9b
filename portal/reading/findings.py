"""Findings at the operation that they speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from contracts.model import EventApi, HttpApi


def by_operation(api: HttpApi | EventApi, findings: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """How many findings lie within each operation's own text, by its key."""
    operations = (*api.operations, *api.webhooks) if isinstance(api, HttpApi) else api.operations
    starts = {
        (operation.origin.source, tuple(map(str, operation.origin.path))): operation.key
        for operation in operations
    }
    deepest = max((len(path) for _, path in starts), default=0)
    counted: Counter[str] = Counter()
    for finding in findings:
        path, source = tuple(map(str, finding["path"])), finding["source"]
        for length in range(min(len(path), deepest), 0, -1):
            if (key := starts.get((source, path[:length]))) is not None:
                counted[key] += 1
                break
    return counted
