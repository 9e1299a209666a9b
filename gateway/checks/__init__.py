"""Schemas compiled to validators, and text coerced to the values that schemas speak of."""
