"""Tables of this room, step by step."""
