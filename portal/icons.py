"""Shapes, so that no meaning hangs on a colour alone. All are drawn on a grid of 16 with lines of 1.6."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

PATHS: Mapping[str, str] = {
    # meanings
    "pass": "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5 8.2l2.1 2.1L11 6.2",
    "fail": "M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3ZM5.7 5.7l4.6 4.6m0-4.6-4.6 4.6",
    "unchecked": "M6 5.9a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.3v.2M8 11.7v.1M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z",
    "breaking": "M1.5 8h3.2l1.5-5 2.2 10 1.6-5h4.5",
    "safe": "M2 8.5 6 12.5 14 4",
    "deprecated": "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 4.5V8l2.5 1.8",
    "retired": "M2 3h12v3H2ZM3 6v7h10V6M6.5 9h3",
    "published": "M8 4.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8Z",
    "draft": "M3 13h2.2L13 5.2 10.8 3 3 10.8Z",
    "information": "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 7.2v4M8 4.8v.1",
    "warn": "M8 2 1.3 13.8h13.4ZM8 6.5v3.2M8 11.7v.1",
    "hint": "M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z",
    "unchanged": "M3 6h10M3 10h10",
    "violation": "M8 1.5 14 4v4c0 3.4-2.5 5.6-6 6.5C4.5 13.6 2 11.4 2 8V4ZM8 5v3.5M8 11v.1",
    # the rail
    "home": "M2 7.5 8 2.5l6 5V13.5H2ZM6.5 13.5V9.5h3v4",
    "catalogue": "M2.5 2.5h4.5v4.5H2.5ZM9 2.5h4.5v4.5H9ZM2.5 9h4.5v4.5H2.5ZM9 9h4.5v4.5H9Z",
    "gate": "M2.5 14V3M13.5 14V3M2.5 5h11M2.5 9h11M6.2 5v4M9.8 5v4",
    "policies": "M4 1.5h8v13H4ZM6.3 5h3.4M6.3 8h3.4M6.3 11h2",
    "waiver": "M3 2.5h10v11l-2-1.4-1.5 1.4-1.5-1.4-1.5 1.4L5 12.1l-2 1.4ZM5.6 7.4l1.7 1.7 3.2-3.4",
    "consumers": "M5.5 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM1.5 13.5c0-2.5 1.6-4 4-4s4 1.5 4 4M10.5 3a2.3 2.3 0 0 1 0 4.4M12 9.8c1.6.5 2.5 1.8 2.5 3.7",
    "calendar": "M2.5 3.5h11v10h-11ZM2.5 6.5h11M5.5 2v3M10.5 2v3",
    "systems": "M2.5 2.5h11v4h-11ZM2.5 9.5h11v4h-11ZM5 4.5v.1M5 11.5v.1",
    "audit": "M3 2.5h7l3 3v8H3ZM5.5 7h5M5.5 10h5",
    "publish": "M8 10.5V2.5M4.8 5.5 8 2.3l3.2 3.2M2.5 10v3.5h11V10",
    # hands
    "search": "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14",
    "menu": "M2 4h12M2 8h12M2 12h12",
    "close": "M4 4l8 8m0-8-8 8",
    "down": "M3.5 6 8 10.5 12.5 6",
    "person": "M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM2.5 14c0-3 2.2-4.6 5.5-4.6s5.5 1.6 5.5 4.6",
    "send": "M4 12 12 4M6 4h6v6",
    "receive": "M12 4 4 12M10 12H4V6",
    "brand": "M2 10.5h12l-1.5 3h-9ZM3.5 10V6.5h4V10M8.5 10V3.5h4V10",
}
FILLED = {"published", "hint"}
_FILL = Markup('fill="currentColor"')
_STROKE = Markup(
    'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'
)


def icon(name: str, title: str = "") -> Markup:
    """A shape in the colour of the text around it. Without a title it is decoration and is not read out."""
    path = PATHS[name]
    ink = _FILL if name in FILLED else _STROKE
    spoken = Markup('role="img" aria-label="{}"').format(title) if title else Markup('aria-hidden="true"')
    return Markup('<svg width="16" height="16" viewBox="0 0 16 16" {} {}><path d="{}"/></svg>').format(
        ink, spoken, path
    )
