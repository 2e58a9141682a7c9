"""The fictional country: invented places and people, written in the official layouts.

``synthesize`` writes a mirror folder that the real importers read. A file named ``FICTIF.json``
at its root (``{"fictional": true, "scale": …, "seed": …}``) marks it: ``sources.build`` reads it
and flags the edition as fictional, so that no figure of it can pass for real.
"""

from maillage.synth.mirror import MARKER, synthesize

__all__ = ["MARKER", "synthesize"]
