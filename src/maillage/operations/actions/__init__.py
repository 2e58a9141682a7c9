"""The only writers of this room: keyword-only, atomic, each leaves a line in the journal."""
