"""Alembic's environment and the steps of the registry's schema. `registry.store.migrate` runs them."""
