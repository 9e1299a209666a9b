"""One module a format. The first line of its docstring says what it is for."""
