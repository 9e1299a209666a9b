"""The gateway against Envoy's plain pass-through: same machine, same run, one pinned core for the proxy."""
