"""The gate's answer for people and machines: one module for each format, `render(run) -> str`.

JSON is `Run.as_dict`.
"""

from . import github, junit, markdown, sarif, text

__all__ = ["github", "junit", "markdown", "sarif", "text"]
