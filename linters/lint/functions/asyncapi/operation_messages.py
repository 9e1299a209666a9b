"""`operationMessages`: the messages of an operation are some of those of its channel.

A function of Lading's. The target is an Operation Object of AsyncAPI 3.x, or its reply, unresolved: its messages are
references into the channel, and not to where the channel has them from (3.0.0, Operation Object, `messages`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.errors import UnresolvableReference
from contracts.references import DocumentSet, Located
from linters.lint.function import Check, Context, Function, Problem


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    if not isinstance(target, dict) or not isinstance(target.get("messages"), list):
        return
    documents = context.documents
    channel = _followed(documents, target.get("channel"), True)
    if channel is None:
        return
    for index, held in enumerate(target["messages"]):
        message = _followed(documents, held, False)
        if message is None:
            continue
        above = (*channel.path, "messages")
        if message.source != channel.source or message.path[:-1] != above:
            text = "This is no message of the operation's channel. Refer to it as `#/channels/…/messages/…`."
            yield Problem(text, ("messages", index))


def _followed(documents: DocumentSet, held: Any, to_the_end: bool) -> Located | None:
    """What a reference in the root document leads to; None for what is none, or leads nowhere."""
    reference = held.get("$ref") if isinstance(held, dict) else None
    if not isinstance(reference, str):
        return None
    source = documents.root.source
    try:
        return documents.resolve(reference, source) if to_the_end else documents.lookup(reference, source)
    except UnresolvableReference:
        return None


FUNCTION = Function("operationMessages", None, _prepare)
