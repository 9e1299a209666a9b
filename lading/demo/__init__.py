"""What `lading up` shows: seeded contracts, simulated upstreams, and a little traffic."""
