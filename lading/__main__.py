"""`python -m lading`."""

from .cli import main

main()
