"""The audit: who did what and when, each entry sealed to the one before it."""

from __future__ import annotations

from starlette.responses import Response

from portal.page import Page, Rail
from portal.view import View
from registry.domain.access import Scope
from registry.services import audit

page = Page("/audit", "Audit", Rail("Audit", 130, "audit", needs=Scope.AUDIT_READ.value))


def get(view: View) -> Response:
    subject = view.query("subject")
    return view.render(
        entries=audit.browse(view.context, subject=subject or None, after=view.query("after") or None),
        subject=subject,
        verification=audit.verify(view.context) if view.query("verify") else None,
    )
