"""A contract from the disk of the service that checks itself by it."""

from __future__ import annotations

import os
from pathlib import Path

from contracts.document import parse
from contracts.errors import ContractError, UnresolvableReference
from contracts.limits import DEFAULT
from contracts.model import HttpApi, build
from contracts.references import load


def read_contract(path: str | os.PathLike[str]) -> HttpApi:
    """The OpenAPI document in a file, with what it refers to in its folder and below.

    Raises `ContractError` for what is no OpenAPI document or declares no operation, `OSError` for a file that
    cannot be read.
    """
    file = Path(path).resolve()

    def retrieve(name: str) -> bytes:
        held = (file.parent / name).resolve()
        if "://" in name or not held.is_relative_to(file.parent):
            raise UnresolvableReference(
                "reference-outside", f"{name} lies outside the contract's folder, which is all that is read."
            )
        try:
            return _bytes(held)
        except OSError as error:
            raise UnresolvableReference(
                "reference-unresolved", f"{name} cannot be read: {error.strerror}."
            ) from None

    api = build(load(parse(_bytes(file), file.name), retrieve))
    if not isinstance(api, HttpApi):
        raise ContractError("not-http", f"{file.name} describes events, and a service is checked by OpenAPI.")
    if not api.operations:
        raise ContractError(
            "no-operations", f"{file.name} declares no operations: it would refuse every call."
        )
    return api


def _bytes(path: Path) -> bytes:
    """Never more than one byte above what a document may have; the parser refuses it then."""
    with path.open("rb") as file:
        return file.read(DEFAULT.bytes + 1)
