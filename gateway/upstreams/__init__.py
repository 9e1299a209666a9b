"""Where calls go: addresses in groups, their connections, and what is done while some of them are unwell."""
