"""The composition root: the command line, settings, wiring, and the demonstration."""

__version__ = "0.1.0"
