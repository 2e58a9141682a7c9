"""Pages of contracts: each reads the request, judges the right, asks one question or acts once."""
