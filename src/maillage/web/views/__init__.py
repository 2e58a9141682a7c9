"""Views: read the request, ask one question, render."""
