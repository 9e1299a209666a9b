"""Comparisons for people: one module for each format, `render(comparison, title) -> str`.

JSON is `Comparison.as_dict`.
"""

from . import markdown, text

__all__ = ["markdown", "text"]
