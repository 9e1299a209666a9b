"""Bodies: decoded by their media type, within bounds, and judged."""
