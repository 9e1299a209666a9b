"""Parameters: taken from path, query, headers and cookies in every style, and judged."""
