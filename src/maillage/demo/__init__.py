"""The contracts of the fictional country: people, operations and money made by the real actions.

Nothing here is true, and every name says so. The same day gives the same contracts.
"""
