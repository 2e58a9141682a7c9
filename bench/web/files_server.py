"""The static-file server that the site is compared to: WhiteNoise alone on the same Granian.

It is what serves the style and the scripts of the site, without Django around it: no session, no
address to resolve. ``MAILLAGE_BENCH_FILES`` is the folder it serves.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from whitenoise import WhiteNoise


def _absent(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start("404 Not Found", [])
    return [b""]


application = WhiteNoise(_absent, root=os.environ.get("MAILLAGE_BENCH_FILES"))
