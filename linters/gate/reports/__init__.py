"""The gate's answer for people and machines: one module for each format, `render(result, title) -> str`.

JSON is `GateResult.as_dict`.
"""

from . import junit, markdown, sarif, text

__all__ = ["junit", "markdown", "sarif", "text"]
