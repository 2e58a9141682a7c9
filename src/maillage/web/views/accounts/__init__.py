"""The doors of the site, and what people do with their own account."""
