"""Schemas compiled to WebAssembly: functions that read the text of a JSON value and know it to be valid, or do not know."""
