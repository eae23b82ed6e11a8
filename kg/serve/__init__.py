"""`kg serve`: a built graph over HTTP, read-only: SPARQL, linked data, pages, a query editor."""
