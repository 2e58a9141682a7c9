"""« Ce qui m’attend »: what is due, missing or at risk in the contracts somebody works for.

What the rules find is kept row by row (``models.dues``), drawn again when something was written or
when a day changes the answer; pages count and sort it in the base and word what they show.
"""
