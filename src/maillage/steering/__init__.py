"""Questions that take contracts and the observatory together. No model of its own."""
