"""The gateway's decisions inside a service of one's own: ASGI middleware, without a proxy."""

from .middleware import LadingMiddleware
from .observed import Observed

__all__ = ["LadingMiddleware", "Observed"]
