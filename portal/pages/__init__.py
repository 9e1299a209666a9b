"""One module is one page: it declares `page`, and `get` or `post` or both; its template has its name."""
