"""The only writers of this room: keyword-only, atomic, each leaves a line in the journal.

Rights are judged before, by whoever calls; ``by`` and ``at`` are always given.
"""
