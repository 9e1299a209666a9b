"""The templates and what they may use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
from jinja2 import UndefinedError

from portal.rendering import counted, environment, figure, pretty, said, short_digest


def test_what_people_wrote_is_escaped() -> None:
    made = environment().from_string("{{ x }} {{ x|said }}")
    assert made.render(x="<b>`<i>`") == "&lt;b&gt;`&lt;i&gt;` &lt;b&gt;<code>&lt;i&gt;</code>"


def test_a_name_that_nobody_defined_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ missing }}").render()


def test_every_template_compiles() -> None:
    folder = files("portal") / "templates"
    names = [path.name for path in folder.iterdir() if path.name.endswith(".html")]
    names += [f"parts/{path.name}" for path in (folder / "parts").iterdir()]
    for name in names:
        environment().get_template(name)
    assert len(names) > 30


def test_figures_and_amounts() -> None:
    assert (counted(1, "version"), counted(1204, "version")) == ("1 version", "1,204 versions")
    assert counted(2, "entry", "entries") == "2 entries"
    assert figure(1234567) == "1,234,567"
    assert short_digest("sha256:" + "ab" * 32) == "sha256:ababababab"


def test_names_in_messages_are_set_apart() -> None:
    assert str(said("The property `eta` is gone.")) == "The property <code>eta</code> is gone."
    assert str(said("One ` alone")) == "One ` alone"


def test_values_are_shown_as_json_and_bounded() -> None:
    assert pretty({"a": "ö"}) == '{\n  "a": "ö"\n}'
    assert len(pretty("x" * 100, 10)) == 12


def test_moments_are_told_from_the_page_s_own_now() -> None:
    made = environment().from_string("{{ when(at) }} {{ day(at) }} {{ days_until(at) }}")
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    html = made.render(at=now + timedelta(days=3), now=now)
    assert ">in 3 days<" in html
    assert ">26 Nov 2026<" in html
    assert html.endswith(" 3")


@pytest.mark.parametrize("text", ["`", "``", "`<b>`", "a`b`c`d`e", "<`x`>", ""])
def test_no_message_brings_markup_of_its_own(text: str) -> None:
    html = str(said(text)).replace("<code>", "").replace("</code>", "")
    assert not set("<>") & set(html)


def test_values_that_json_does_not_know_are_shown_all_the_same() -> None:
    assert pretty({"at": datetime(2026, 1, 2, tzinfo=UTC)}) == '{\n  "at": "2026-01-02 00:00:00+00:00"\n}'
    assert "<script>" not in environment().from_string("{{ x|pretty }}").render(x="<script>")
