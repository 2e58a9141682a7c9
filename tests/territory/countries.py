"""Small geographies, made by hand or by hypothesis."""

import numpy as np
from hypothesis import strategies as st

from maillage.territory.geography import Geography
from maillage.territory.meshes import Membership, MeshHead, Unit, build_mesh

CODES = ("01001", "01002", "2A004", "44001", "44036", "44109", "75056", "97105", "97411")


def mesh(level, groups, *, year=2025, prefix="", natures=None):
    """A mesh from ``{code: commune indices}``."""
    units = [Unit(code, f"{level} {code}", (natures or {}).get(code, "")) for code in groups]
    pairs = [(code, node) for code, group in groups.items() for node in group]
    head = MeshHead(level, year, level, "essai", prefix)
    return build_mesh(head, Membership(units, pairs))


def geography(codes=CODES, meshes=(), **facts):
    nowhere = np.full(len(codes), np.nan)
    given = {"cog": 2025, "population": np.arange(len(codes)) * 100.0} | facts
    return Geography(
        codes=tuple(codes),
        names=tuple(f"Commune {code}" for code in codes),
        lon=nowhere,
        lat=nowhere,
        meshes=tuple(meshes),
        **given,
    )


@st.composite
def countries(draw):
    """A country of 2 to 60 communes, with partitions, an older composition and overlaps."""
    n = draw(st.integers(2, 60))
    codes = tuple(f"{i + 1:05}" for i in range(n))
    owner = st.lists(st.integers(-1, 6), min_size=n, max_size=n)

    def partition(level, prefix, year=2025):
        groups = {}
        for node, unit in enumerate(draw(owner)):
            if unit >= 0:
                groups.setdefault(f"{prefix}{unit:03}", []).append(node)
        return mesh(level, groups, year=year, prefix="" if level == "epci" else f"{level[:3]}-")

    nodes = st.sets(st.integers(0, n - 1), min_size=1)
    contracts = {f"crte-{i}": sorted(s) for i, s in enumerate(draw(st.lists(nodes, max_size=4)))}
    meshes = [
        partition("epci", "200000"),
        partition("departement", "d"),
        partition("region", "r"),
        mesh("crte", contracts),
        partition("epci", "200000", year=2014),
    ]
    return geography(codes, meshes)
