"""What people fill in: fields, their French labels, and what is checked before any action."""
