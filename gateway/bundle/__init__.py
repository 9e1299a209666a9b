"""The bundle: fetched from the registry, verified, kept on disk, compiled."""
