"""The registry: domain, store, services, api (each imports only what stands to its left)."""
