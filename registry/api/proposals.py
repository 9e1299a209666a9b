"""What somebody wants to publish, as JSON or as an upload."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from registry.domain import names, numbers
from registry.domain.errors import Invalid, Malformed
from registry.services.publishing import Proposal

from .calls import Asked

_FIELDS = ("root", "version", "owner", "system", "profile", "source", "draft")
_MOST_FILES = 500


async def proposal(asked: Asked) -> Proposal:
    """Raises `Malformed` for an upload that is cut off, or lacks its root or its files."""
    if asked.body is not None:
        facts = dict(asked.body)
        try:
            files = {name: text.encode() for name, text in facts.pop("files").items()}
        except UnicodeEncodeError:
            raise Malformed(
                "invalid-text", "A file holds half a surrogate pair, which is no text.", "Send UTF-8."
            ) from None
    else:
        facts, files = await _upload(asked)
    return Proposal(contract=asked.contract, files=files, **facts)


Proposed = Annotated[Proposal, Depends(proposal)]


async def _upload(asked: Asked) -> tuple[dict[str, Any], dict[str, bytes]]:
    facts: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    try:
        async with asked.request.form(max_files=_MOST_FILES, max_fields=20) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile) and name == "files":
                    files[_new(value.filename or "", files)] = await value.read()
                elif isinstance(value, str) and name in _FIELDS:
                    facts[_new(name, facts)] = value
                else:
                    raise Malformed(
                        "unknown-part",
                        f"There is no part {name[:100]!r}.",
                        f"Known are files, {', '.join(_FIELDS)}.",
                    )
    except (MultiPartException, HTTPException) as error:
        text = error.message if isinstance(error, MultiPartException) else error.detail
        raise Malformed(
            "invalid-upload", f"The upload is broken or cut off: {text}", "Send it again."
        ) from None
    _check(facts, files)
    facts["draft"] = facts.get("draft") == "true"
    return facts, files


def _check(facts: dict[str, Any], files: dict[str, bytes]) -> None:
    if not files or not facts.get("root"):
        raise Malformed("missing-part", "An upload needs `root` and at least one part `files`.", "Add it.")
    if facts.get("source", "publish") not in ("publish", "import"):
        raise Malformed("invalid-part", "`source` is publish or import.", "Choose one.")
    if facts.get("draft", "false") not in ("true", "false"):
        raise Malformed("invalid-part", "`draft` is true or false.", "Choose one.")
    for name in ("owner", "system", "profile"):
        if name in facts:
            names.check(facts[name], name)
    if "version" in facts:
        numbers.parse(facts["version"])


def _new(name: str, known: dict[str, Any]) -> str:
    if not name or name in known:
        raise Invalid(
            "repeated-part", f"The part {name[:100]!r} is unnamed or given twice.", "Name each once."
        )
    return name
