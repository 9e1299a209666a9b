"""What the decision needs to know from elsewhere, fetched at the edge: keys of issuers, states of tokens."""
