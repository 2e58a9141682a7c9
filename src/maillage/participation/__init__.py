"""Remarks: what readers say of a figure, read by whoever runs the site before it is shown."""
