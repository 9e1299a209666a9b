"""Make a typed Python package of an AsyncAPI contract, to publish and receive its events.

\b
  lading scaffold shipment-milestones.asyncapi.yaml --out milestones
  lading scaffold events.yaml --out events --for provider

The package holds a Pydantic model for each message and an application with a publisher or a subscriber for each
operation (it runs on asyncapi-python). It is made for the consumer of the contract unless told otherwise: what the
contract sends, the package receives.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lading.files import read_set
from lading.outcome import YES
from lading.scaffolding import scaffold


class For(StrEnum):
    """Whose code it is."""

    CONSUMER = "consumer"
    PROVIDER = "provider"


def command(
    contract: Annotated[
        Path, typer.Argument(metavar="CONTRACT", help="An AsyncAPI document, or - for stdin.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", metavar="DIR", help="The package's folder, new or empty; its name imports."
        ),
    ],
    side: Annotated[For, typer.Option("--for", help="Whose code it is.")] = For.CONSUMER,
) -> int:
    made = scaffold(read_set(contract), out, side.value)
    print(f"{out}: {len(made.files)} files")
    for key, action in made.operations:
        print(f"  {'publisher ' if action == 'send' else 'subscriber'} {key}")
    return YES
