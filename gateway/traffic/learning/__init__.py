"""A draft contract from traffic: what was always so, without any value that was seen."""
