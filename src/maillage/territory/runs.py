"""A set of node indices as a short text, when naming its units would be too long.

The sorted set is written as alternating lengths, absent then present, each as an Elias gamma code
(Elias, 1975), after 16 bits that check the list of communes it refers to. Unlike deflate, it has
one and only one text by set, whatever the library and its version.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator

import numpy as np

from maillage.territory.geography import IntArray

CHECK_BITS = 16


def encode_runs(nodes: IntArray, check: int) -> str:
    """Base64url text of sorted distinct ``nodes``."""
    bits = format(check, f"0{CHECK_BITS}b") + "".join(_gamma(run) for run in _lengths(nodes))
    bits += "0" * (-len(bits) % 8)
    raw = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def decode_runs(text: str, check: int, n_nodes: int) -> IntArray:
    """The nodes of a text made by ``encode_runs``.

    ValueError when it is no such text, refers to another list, or goes beyond ``n_nodes``.
    """
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    bits = "".join(format(byte, "08b") for byte in raw)
    if int(bits[:CHECK_BITS] or "0", 2) != check:
        raise ValueError("another list of communes")
    present = np.zeros(n_nodes, dtype=np.bool_)
    at = 0
    for number, run in enumerate(_runs(bits[CHECK_BITS:])):
        length = run - 1 if number == 0 else run
        if at + length > n_nodes:
            raise ValueError("beyond the list of communes")
        present[at : at + length] = number % 2 == 1
        at += length
    return np.flatnonzero(present).astype(np.int32)


def _lengths(nodes: IntArray) -> Iterable[int]:
    """Alternating lengths, absent first; the first one plus 1, so that every one is positive."""
    breaks = np.flatnonzero(np.diff(nodes) > 1)
    first = nodes[np.concatenate([[0], breaks + 1])]
    last = nodes[np.concatenate([breaks, [len(nodes) - 1]])]
    absent = first - np.concatenate([[-1], last[:-1] + 1])
    return np.column_stack([absent, last - first + 1]).ravel().tolist()


def _gamma(number: int) -> str:
    return "0" * (number.bit_length() - 1) + format(number, "b")


def _runs(bits: str) -> Iterator[int]:
    at = 0
    while (one := bits.find("1", at)) >= 0:
        end = one + (one - at) + 1
        if end > len(bits) or one - at > 31:
            raise ValueError("cut short")
        yield int(bits[one:end], 2)
        at = end
