"""The gate's checks, one module each: `check(weighed) -> Check`."""
