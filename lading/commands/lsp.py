"""Serve an editor: findings while one types, fixes, and where references lead.

\b
  lading lsp
  lading lsp --ruleset lading:all
  lading lsp --tcp 2087

It speaks the Language Server Protocol on standard input and output, or on a port of this machine. An editor starts
it; docs/guides/editor.md shows how in VS Code, Neovim, Helix, JetBrains and Emacs. Contracts are judged by the
ruleset of their folder (.lading.yaml, .spectral.yaml), or by lading:recommended where there is none.
"""

from __future__ import annotations

from typing import Annotated

import typer

from lading.lsp.server import make
from lading.outcome import YES


def command(
    ruleset: Annotated[
        str,
        typer.Option(
            "--ruleset", "-r", metavar="FILE|NAME", help="What to judge by, whatever the folder has."
        ),
    ] = "",
    tcp: Annotated[
        int | None, typer.Option("--tcp", metavar="PORT", min=1, max=65535, help="Listen there instead.")
    ] = None,
    stdio: Annotated[
        bool, typer.Option("--stdio", help="Speak on standard input and output, as it does.")
    ] = False,
) -> int:
    server = make(ruleset)
    if tcp is not None and not stdio:
        server.start_tcp("127.0.0.1", tcp)
    else:
        server.start_io()
    return YES
