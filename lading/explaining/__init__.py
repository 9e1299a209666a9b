"""What rules say for themselves: in a terminal, as Markdown, and as the pages in `docs/rules`."""
