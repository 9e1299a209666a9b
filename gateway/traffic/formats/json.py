"""JSON, for programs."""

from __future__ import annotations

import orjson

from gateway.traffic.summary import Summary


def render(summary: Summary, source: str) -> str:
    held = {"source": source, **summary.as_dict()}
    return orjson.dumps(held, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
