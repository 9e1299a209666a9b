"""Calls that are repeated with the same Idempotency-Key get the first one's answer (draft-ietf-httpapi-idempotency-key-header-07)."""
