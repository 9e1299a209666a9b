"""Changelogs for people: one module for each format, `render(changelog) -> str`. JSON is `Changelog.as_dict`."""

from . import html, markdown

__all__ = ["html", "markdown"]
