from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from lading.explaining import markdown
from policies.rulesets import Rule

EXPECTED = """\
## house-trace

Calls can be `traced`.

**error**, only on request · house · OpenAPI 3, AsyncAPI 3

Nobody can follow a call without.

Good:

```yaml
a: 1
```

Bad:

```yaml
b: 2
```

Fix, safe, by `lading lint --fix`: Trace it.

Fix, a draft, in an editor, for a person to finish: Say how.

Source: <https://example.com/why>"""


def test_a_section_with_everything(rule: Rule) -> None:
    assert markdown.one(rule) == EXPECTED


def test_what_is_not_there_leaves_no_hole(bare: Rule) -> None:
    assert markdown.one(bare) == "## theirs\n\n**warn** · theirs.yaml · every document"


def test_a_table_leads_to_the_sections(rule: Rule) -> None:
    whole = markdown.several([rule, rule])
    assert "| [house-trace](#house-trace) | error, on request | Calls can be `traced`. |" in whole
    assert whole.count("## house-trace") == 2
    assert "(house.md#house-trace)" in markdown.table([rule], page="house.md")


@pytest.mark.parametrize(
    ("code", "anchor"),
    [("auth-stated", "auth-stated"), ("owasp:api1:2023-no-numeric-ids", "owaspapi12023-no-numeric-ids")],
)
def test_anchors_are_those_of_github(code: str, anchor: str) -> None:
    assert markdown.anchor(code) == anchor


def test_a_snippet_with_a_fence_stays_in_its_own(rule: Rule) -> None:
    odd = replace(rule, good="a: |\n  ```\n  <b>\n  ```\n")
    tokens = MarkdownIt().parse(markdown.one(odd))
    assert next(token.content for token in tokens if token.type == "fence") == "a: |\n  ```\n  <b>\n  ```\n"


def test_hostile_text_is_no_markup(hostile: Rule) -> None:
    for block in MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown.several([hostile])):
        for token in [block, *(block.children or ())]:
            assert token.type not in ("html_block", "html_inline", "image")
            assert not str(token.attrs.get("href", "#")).startswith("javascript:")
