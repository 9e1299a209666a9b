"""One consumer: what it may call, and its keys. A new key is shown once, on the page that answers the form."""

from __future__ import annotations

from starlette.responses import Response

from portal import links
from portal.days import last_moment
from portal.page import Page
from portal.view import View
from registry.domain.access import Scope
from registry.domain.errors import Invalid
from registry.domain.parties import IssuedKey, Plan
from registry.services import consumers, teams

page = Page("/consumers/{consumer}", "Consumer", under="Consumers")


def get(view: View) -> Response:
    return _shown(view, None)


def post(view: View) -> Response:
    name = view.part("consumer")
    do = view.form["do"]
    if do == "issue":
        expires = last_moment(view.form["expires"], "expires")
        return _shown(
            view, consumers.issue_key(view.context, name, label=view.form["label"], expires_at=expires)
        )
    if do == "rotate":
        return _shown(view, consumers.rotate_key(view.context, name, view.form["key"]))
    if do == "revoke":
        consumers.revoke_key(view.context, name, view.form["key"])
    elif do == "subscribe":
        consumers.subscribe(
            view.context,
            name,
            view.form["contract"],
            _major(view.form["major"]),
            plan=view.form["plan"] or "standard",
        )
    elif do == "unsubscribe":
        consumers.unsubscribe(view.context, name, view.form["contract"], _major(view.form["major"]))
    elif do == "pin":
        consumers.pin(
            view.context,
            name,
            view.form["contract"],
            _major(view.form["major"]),
            version=view.form["version"] or None,
        )
    return view.redirect(links.link("consumers", name))


def _shown(view: View, issued: IssuedKey | None) -> Response:
    found = consumers.get(view.context, view.part("consumer"))
    person = view.person
    return view.render(
        title=found.title,
        found=found,
        issued=issued,
        subscriptions=[each for each in found.subscriptions if each.ended_at is None],
        pins={
            each.id
            for each in found.subscriptions
            if view.may(Scope.CONTRACTS_WRITE, each.contract.partition("/")[0])
        },
        keys=sorted(found.credentials, key=lambda key: (key.revoked_at is not None, key.created_at)),
        plans=[(plan.name, _said(plan)) for plan in teams.plans(view.context)],
        may_write=person is not None and person.may_anywhere(Scope.CONSUMERS_WRITE),
        may_keys=person is not None and person.may_anywhere(Scope.KEYS_WRITE),
    )


def _said(plan: Plan) -> str:
    text = f"{plan.name}: {plan.limit:,} calls in {plan.window:,} s, {plan.burst:,} at once"
    if plan.quota is not None:
        text += f", no more than {plan.quota['limit']:,} in {plan.quota['window']:,} s"
    return text


def _major(text: str) -> int:
    number = text.lower().removeprefix("v").partition(".")[0]
    if not number.isdecimal() or len(number) > 9:
        raise Invalid(
            "invalid-major",
            f"{text[:40]!r} is no major version.",
            "Write 2 for everything that begins with 2.",
            details={"fields": {"major": "Write 2 for everything that begins with 2."}},
        )
    return int(number)
