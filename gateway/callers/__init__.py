"""Who calls: API keys, and the credentials that contracts ask for."""
