"""What cells mean, as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from maillage.engine.dataset import FlowMeta, Reach, Scope, SourceFile, Universe


def meta_to_json(meta: FlowMeta) -> dict[str, Any]:
    plain = asdict(replace(meta, universe=Universe()))
    scopes = [
        {
            "level": s.level,
            "code": s.code,
            "label": s.label,
            "communes": s.communes.tolist(),
            "reach": s.reach.value,
        }
        for s in meta.universe.scopes
    ]
    return plain | {"universe": {"scopes": scopes, "excludes": list(meta.universe.excludes)}}


def meta_from_json(content: Mapping[str, Any]) -> FlowMeta:
    universe = content["universe"]
    scopes = (
        Scope(
            s["level"],
            s["code"],
            s["label"],
            np.array(s["communes"], dtype=np.int32),
            Reach(s["reach"]),
        )
        for s in universe["scopes"]
    )
    parsed = {
        "universe": Universe(tuple(scopes), tuple(universe["excludes"])),
        "sources": tuple(SourceFile(**item) for item in content["sources"]),
        "caveats": tuple(content["caveats"]),
    }
    return FlowMeta(**{**content, **parsed})
