"""The registry's log: one line of JSON an event on standard error, tracebacks without the values of variables."""

from __future__ import annotations

import sys

import structlog


def configure() -> None:
    """For processes that serve.

    structlog's own default prints tracebacks with local variables where it can, and those hold session tokens
    and the text of keys.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        # Looked up at every event: what stood for standard error at the start may be closed by now.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
