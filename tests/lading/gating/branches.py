"""A real git repository with a base branch and branches that each do one thing to its contracts."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.registry.examples import orders

PART = (
    "type: object\nproperties: {{ status: {{ type: string, maxLength: {most}, description: Its state. }} }}\n"
)
SPLIT = (
    orders()
    .decode()
    .replace("Orders", "Shipments")
    .replace("        shipmentEta: {", "        part: { $ref: parts/part.yaml }\n        shipmentEta: {")
)
OLD = """\
openapi: 3.0.3
info: { title: Old, version: 1.0.0 }
paths:
  /old: { get: { deprecated: true, x-sunset: '2020-01-31', responses: { '200': { description: Old. } } } }
"""


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def _moved(folder: Path) -> None:
    (folder / "api/orders.yaml").rename(folder / "api/sales-orders.yaml")
    write(folder, "api/sales-orders.yaml", orders("1.1.0", eta=False))


def _rewritten(folder: Path) -> None:
    """Moved, and so much changed that git sees no move."""
    (folder / "api/orders.yaml").unlink()
    write(
        folder,
        "services/o.json",
        '{"openapi": "3.0.3", "info": {"title": "Orders", "version": "1.1.0"}, "paths": {}}\n',
    )


BRANCHES: dict[str, Callable[[Path], None]] = {
    "breaking": lambda folder: write(folder, "api/orders.yaml", orders("1.1.0", eta=False)),
    "safe": lambda folder: write(folder, "api/orders.yaml", orders("1.0.1", description="It is read once.")),
    "new": lambda folder: write(folder, "api/returns.yaml", orders().replace(b"Orders", b"Returns")),
    "new-with-errors": lambda folder: write(folder, "api/returns.yaml", orders("v2")),
    "deleted": lambda folder: (folder / "api/orders.yaml").unlink(),
    "ended": lambda folder: (folder / "api/old.yaml").unlink(),
    "broken": lambda folder: write(folder, "api/orders.yaml", orders() + b"paths: [\n"),
    "moved": _moved,
    "rewritten": _rewritten,
    "part": lambda folder: write(folder, "api/parts/part.yaml", PART.format(most=10)),
    "part-broken": lambda folder: write(folder, "api/parts/part.yaml", "type: [\n"),
    "part-gone": lambda folder: (folder / "api/parts/part.yaml").unlink(),
    "no-contract": lambda folder: write(folder, "api/orders.yaml", "just: text\n"),
    "unrelated": lambda folder: write(folder, "values.yaml", "replicas: {{ 2 }}\n"),
}


def build(folder: Path) -> Path:
    """The repository, on its base branch `main`, which goes on after the branches have left it."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q")
    write(folder, "api/orders.yaml", orders())
    write(folder, "api/shipments.yaml", SPLIT)
    write(folder, "api/parts/part.yaml", PART.format(most=20))
    write(folder, "api/old.yaml", OLD)
    write(folder, "values.yaml", "replicas: {{ 1 }}\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    for name, change in BRANCHES.items():
        git(folder, "checkout", "-q", "-b", name, "main")
        change(folder)
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", name)
    git(folder, "checkout", "-q", "main")
    write(folder, "api/later.yaml", orders("2.0.0").replace(b"Orders", b"Later"))
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "later")
    return folder
