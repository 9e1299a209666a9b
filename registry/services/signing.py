"""The key that bundles are signed with: Ed25519, made at the first start, kept readable by us alone."""

from __future__ import annotations

import json
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import OKPKey

from registry.domain.errors import Invalid

# RFC 9864 names the algorithm "Ed25519" where RFC 8037 said "EdDSA"; bundles keep the name that every verifier knows.
warnings.filterwarnings("ignore", message="EdDSA is deprecated", category=SecurityWarning)

BUNDLE = "lading-bundle+jws"
FILE = "bundle-signing.jwk.json"


class Signer:
    """Signs bundle manifests as compact JWS (RFC 7515, RFC 8037, RFC 9864); `kid` is the key's RFC 7638 thumbprint."""

    def __init__(self, key: OKPKey) -> None:
        self._key = key
        self.kid: str = key.thumbprint()

    @classmethod
    def load(cls, folder: Path) -> Signer:
        """The key in a folder, made there if it has none. Two processes that start at once get the same one."""
        path = folder / FILE
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _create(path, OKPKey.generate_key("Ed25519"))
        try:
            return cls(OKPKey.import_key(json.loads(path.read_text("utf-8"))))
        except (OSError, ValueError) as error:
            raise Invalid(
                "signing-key",
                f"The signing key {path} cannot be read: {error}.",
                "Restore it from a backup. A new one must be made known to every gateway.",
            ) from None

    def sign(self, payload: bytes, kind: str = BUNDLE) -> str:
        """`kind` becomes the `typ` header, so that what was signed for one purpose serves no other."""
        header = {"alg": "EdDSA", "kid": self.kid, "typ": kind}
        return jws.serialize_compact(header, payload, self._key, algorithms=["EdDSA"])

    def verify(self, text: str, kind: str) -> bytes | None:
        """What we signed for this purpose; None for anything else."""
        try:
            found = jws.deserialize_compact(text, self._key, algorithms=["EdDSA"])
        except (JoseError, ValueError):
            return None
        return found.payload if found.headers().get("typ") == kind else None

    def public_keys(self) -> dict[str, Any]:
        """The JWKS (RFC 7517) that gateways verify with."""
        public = {**self._key.as_dict(private=False), "kid": self.kid, "use": "sig", "alg": "EdDSA"}
        return {"keys": [public]}


def _create(path: Path, key: OKPKey) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)  # readable by us alone
    draft = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(key.as_dict(private=True), file)
    try:
        os.link(draft, path)  # fails where another process was first, and then its key counts
    except FileExistsError:
        return
    finally:
        draft.unlink()
