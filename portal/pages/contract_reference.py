"""The reference of a contract: its operations by tag, searchable, each opened in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from starlette.responses import Response

from contracts.model import EventApi, HttpApi
from portal import subject
from portal.page import Page
from portal.reading import details
from portal.reading.findings import by_operation
from portal.reading.outline import Group, outline, search
from portal.view import View
from registry.domain.contracts import Version
from registry.services import reports

page = Page("/contracts/{domain}/{name}/reference", "Reference", under="Catalogue")

AT_ONCE = 3
"""When more operations are shown, each is sent when it is opened."""


def get(view: View) -> Response:
    about = subject.load(view, "Reference")
    version = subject.required(about)
    api = subject.api(view, version)
    everything = outline(api)
    groups = search(everything, view.query("q"))
    found = sum(len(group.entries) for group in groups)
    return view.render(
        about=about,
        api=api,
        is_http=isinstance(api, HttpApi),
        groups=groups,
        total=sum(len(group.entries) for group in everything),
        found=found,
        drawn=_drawn(api, groups) if found <= AT_ONCE else {},
        findings=_findings(view, version, api),
        idle=_idle_channels(api),
        more=subject.elsewhere(about),
    )


def _drawn(api: HttpApi | EventApi, groups: tuple[Group, ...]) -> Mapping[str, object]:
    keys = {entry.key for group in groups for entry in group.entries}
    if isinstance(api, HttpApi):
        return {op.key: details.of_call(api, op) for op in (*api.operations, *api.webhooks) if op.key in keys}
    return {op.key: details.of_event(api, op) for op in api.operations if op.key in keys}


def _findings(view: View, version: Version, api: HttpApi | EventApi) -> Counter[str]:
    report = reports.lint(view.context, version.contract, version.version)
    return by_operation(api, report.findings) if report else Counter()


def _idle_channels(api: HttpApi | EventApi) -> tuple[object, ...]:
    """Channels that no operation of the contract uses: in 3.x a catalogue of channels may have no operations."""
    if isinstance(api, HttpApi):
        return ()
    used = {operation.channel.key for operation in api.operations}
    return tuple(
        (channel, tuple(details.of_message(api.documents, message) for message in channel.messages.values()))
        for channel in list(api.channels.values())[:200]
        if channel.key not in used
    )
