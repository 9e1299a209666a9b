"""The normalised model: what a contract says, whichever specification it says it in.

The diff and the gateway both work from it. Every part knows its `origin`, and `raw` is the mapping as written.
"""

from __future__ import annotations

from contracts.asyncapi.api import build_events
from contracts.elements.common import Origin, Raw, Schema, SecurityRequirement, SecurityScheme, Server, Tag
from contracts.elements.events import Channel, ChannelParameter, EventApi, EventOperation, Message, Reply
from contracts.elements.http import (
    Body,
    Encoding,
    Header,
    HttpApi,
    MediaType,
    Operation,
    Parameter,
    Response,
)
from contracts.errors import UnknownSpecification
from contracts.kinds import specification_of
from contracts.openapi.api import build_http
from contracts.references import DocumentSet

__all__ = [
    "Body",
    "Channel",
    "ChannelParameter",
    "Encoding",
    "EventApi",
    "EventOperation",
    "Header",
    "HttpApi",
    "MediaType",
    "Message",
    "Operation",
    "Origin",
    "Parameter",
    "Raw",
    "Reply",
    "Response",
    "Schema",
    "SecurityRequirement",
    "SecurityScheme",
    "Server",
    "Tag",
    "build",
]


def build(documents: DocumentSet) -> HttpApi | EventApi:
    """The model of a set of documents, as much as can be understood of it.

    What cannot be understood is in `problems` of the result, never silently dropped. Raises
    `UnknownSpecification`, and `LimitExceeded` for a document whose references multiply beyond all bounds.
    """
    specification = specification_of(documents.root)
    if specification.kind == "openapi":
        return build_http(documents, specification)
    if specification.kind == "asyncapi":
        return build_events(documents, specification)
    raise UnknownSpecification(
        "not-a-contract",
        f"{specification} describes no operations or channels of its own.",
        documents.root.source,
        line=1,
        advice="Contracts are OpenAPI or AsyncAPI documents.",
    )
