"""Lists that people paste or send, read one by one: what each means, or why it means nothing.

Nothing is guessed in silence: a text that names several territories, or none, is handed back with
its line and what to do; one that now means more than it did says so.
"""
