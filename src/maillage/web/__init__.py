"""The site: server-rendered French pages on the current edition. A view asks one question."""
