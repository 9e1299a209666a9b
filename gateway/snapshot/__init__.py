"""What the gateway runs from: contracts compiled once, immutable, and swapped as a whole."""
