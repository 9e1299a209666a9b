"""Modules of schemas, for tests."""

from __future__ import annotations

from typing import Any

from gateway.acceptors.emission import emit
from gateway.acceptors.machine import Machine
from gateway.acceptors.planning import plan


def machine_of(schema: Any, *, formats: bool = True, known_properties: bool = False) -> Machine:
    return Machine(emit(plan(schema, formats=formats, known_properties=known_properties)))
