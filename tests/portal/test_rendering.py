"""The templates and what they may use."""

from __future__ import annotations

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
