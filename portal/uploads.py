"""Uploaded files as the set of documents that somebody wants to publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contracts.document import parse
from contracts.errors import ContractError
from contracts.kinds import specification_of
from contracts.limits import Limits
from registry.domain.errors import Invalid

from .forms import Upload

LONGEST_NAME = 300


def files_of(uploads: Sequence[Upload]) -> Mapping[str, bytes]:
    """The files by name. Raises `Invalid` for none, for two of one name, and for a name that leads outside."""
    if not uploads:
        raise _invalid("no-file", "No file was chosen.", "Choose an OpenAPI or AsyncAPI document.")
    files: dict[str, bytes] = {}
    for upload in uploads:
        name = upload.name.replace("\\", "/").lstrip("/")
        if len(name) > LONGEST_NAME or "\0" in name or {"", ".", ".."} & set(name.split("/")):
            raise _invalid(
                "file-name", f"{name[:80]!r} is no name of a file.", "Rename it, and send it again."
            )
        if name in files:
            raise _invalid("same-name", f"Two files are called {name!r}.", "Bundle them, or rename one.")
        files[name] = upload.data
    return files


def root_of(files: Mapping[str, bytes], wanted: str, limits: Limits) -> str:
    """Which file is the contract itself: the only one, the one that was named, or the one that says that it is."""
    if wanted:
        if wanted not in files:
            raise _invalid(
                "no-root",
                f"{wanted[:200]!r} is not among the files.",
                f"Sent were {', '.join(list(files)[:5])}.",
            )
        return wanted
    if len(files) == 1:
        return next(iter(files))
    roots = [name for name, data in files.items() if _is_contract(name, data, limits)]
    if len(roots) != 1:
        said = (
            f"{len(roots)} of the files are contracts"
            if roots
            else "None of the files is a contract by itself"
        )
        raise _invalid("no-root", f"{said}.", "Say which one is meant.", field="root")
    return roots[0]


def _is_contract(name: str, data: bytes, limits: Limits) -> bool:
    try:
        return specification_of(parse(data, name, limits=limits, tolerant=True)).kind in (
            "openapi",
            "asyncapi",
        )
    except ContractError:
        return False


def _invalid(code: str, message: str, advice: str, field: str = "file") -> Invalid:
    return Invalid(code, message, advice, details={"fields": {field: message}})
