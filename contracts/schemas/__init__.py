"""Schemas of every dialect, translated to JSON Schema 2020-12."""
