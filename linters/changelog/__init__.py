"""What changed from version to version of a contract, told to people who use it."""

from .releases import Changelog, Release, Version, changelog

__all__ = ["Changelog", "Release", "Version", "changelog"]
