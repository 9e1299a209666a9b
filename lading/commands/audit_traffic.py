"""Judge recorded traffic by contracts, offline, or learn a draft contract from it.

\b
  lading audit-traffic session.har --contract openapi.yaml
  lading audit-traffic access.log --contract orders.yaml --contract returns.yaml --format markdown
  lading audit-traffic session.har --bundle /var/lib/lading-gateway/gateway/bundle
  lading audit-traffic session.har --host api.example --learn draft.yaml

It reads HTTP Archives (HAR, from a browser or a proxy) and access logs with an object of JSON on each line, and
judges every exchange as the gateway would. It tells violations by operation, with a count and one example whose
values are left out; shadow endpoints (called, in no contract), zombies (called after their end), and operations
that nobody called. What a recording does not hold, such as bodies in an access log, is told as not looked at.

--learn writes an OpenAPI document that describes the traffic instead: read it and make it yours.

Ends with 0 if all that was called follows a contract, with 1 if something does not, and with 2 if something could
not be read or there was nothing to judge.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, cast

import typer

from gateway.rules import Rules
from gateway.traffic.auditing import Auditor
from gateway.traffic.formats import available, render
from gateway.traffic.reading import read_recording
from lading import auditing
from lading.outcome import COULD_NOT_TELL, NO, YES, CouldNotTell
from lading.output import write


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A HAR file, or an access log of JSON lines.")],
    contract: Annotated[
        list[Path] | None,
        typer.Option("--contract", metavar="FILE", help="An OpenAPI document; may be repeated."),
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", metavar="DIR", help="The folder of a gateway's last good bundle."),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help=f"One of {', '.join(available())}.")
    ] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report there.")
    ] = None,
    learn: Annotated[
        Path | None, typer.Option("--learn", metavar="FILE", help="Write a draft contract there instead.")
    ] = None,
    host: Annotated[
        list[str] | None,
        typer.Option("--host", help="Look at this host only, with its port if it has one; may be repeated."),
    ] = None,
    base_path: Annotated[
        str | None, typer.Option(help="Path that contracts are served below; default: that of their servers.")
    ] = None,
    unknown_query: Annotated[
        str, typer.Option(help="allow or refuse query parameters that the contract does not declare.")
    ] = "allow",
    security: Annotated[
        str, typer.Option(help="ignore, presence or form of the credentials that the contract asks for.")
    ] = "ignore",
) -> int:
    if format_ not in available():
        raise CouldNotTell(f"There is no format {format_!r}.", f"It is one of {', '.join(available())}.")
    hosts = frozenset(name.lower() for name in host or ())
    if learn is not None:
        if contract or bundle is not None:
            raise CouldNotTell(
                "--learn makes a contract and takes none.", "Leave --contract and --bundle out."
            )
        print(auditing.learn(file, learn, hosts))
        return YES
    if bool(contract) == (bundle is not None):
        raise CouldNotTell(
            "The traffic is judged by contracts or by a bundle.", "Name --contract FILE, or --bundle DIR."
        )
    auditing.one_of("--unknown-query", unknown_query, ("allow", "refuse"))
    auditing.one_of("--security", security, ("form", "presence", "ignore"))
    if base_path and not base_path.startswith("/"):
        raise CouldNotTell(f"--base-path begins with a slash, and {base_path!r} does not.")
    if bundle is not None:
        held = auditing.from_bundle(bundle)
    else:
        rules = Rules(
            unknown_query=cast(auditing.Query, unknown_query), security=cast(auditing.Security, security)
        )
        held = auditing.from_files(contract or [], rules, base_path)
    auditor = Auditor(held.snapshot, time.time(), hosts=hosts, sunsets=held.sunsets)
    with auditing.opened(file) as recording:
        summary = auditor.run(read_recording(recording))
    write(render(format_, summary, file.name), output)
    if not summary.clean:
        return NO
    return YES if summary.judged else COULD_NOT_TELL
