"""One command a module. The first line of a module's docstring is the command's line in `lading --help`."""
