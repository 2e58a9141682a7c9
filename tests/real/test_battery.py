"""The battery on the commuters of Île-de-France (RP2014), read here by other means than ours."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from maillage.catalog.load import load_catalog
from maillage.engine.battery import cards_of_flow, evaluate
from maillage.engine.profile import FlowProfile
from maillage.engine.structure.network import Network
from maillage.territory.codes import fold_arrondissement

pytestmark = pytest.mark.real

Table = dict[tuple[str, str], float]


@pytest.fixture(scope="module")
def commuters(mirror: Path) -> Table:
    """Commuters between EPCI, by SIREN."""
    passage = mirror / "cog" / "table_passage_com_historique_2025.csv"
    now = {row["DEPCOM_HIST"]: row["DEPCOM"] for row in rows(passage, ",", "utf-8")}
    perimeter = mirror / "epci" / "perimetre-epci-a-fp_2025.csv"
    epci = {row["insee"]: row["siren"] for row in rows(perimeter, ";", "cp1252") if row["insee"]}

    def owner(code: str) -> str:
        code = fold_arrondissement(code)
        return epci[now.get(code, code)]

    found: Table = defaultdict(float)
    file = mirror / "flows/commuting/base-flux-mobilite-domicile-lieu-travail-2014-idf.csv"
    for row in rows(file, ";", "utf-8"):
        weight = float(row["NBFLUX_C14_ACTOCC15P"])
        found[owner(row["CODGEO"]), owner(row["DCLT"])] += weight
    return dict(found)


def rows(path: Path, separator: str, encoding: str):
    with path.open(encoding=encoding, newline="") as stream:
        yield from csv.DictReader(stream, delimiter=separator)


def test_battery_of_every_epci(commuters: Table) -> None:
    assert len(commuters) == 1_836
    assert sum(commuters.values()) == pytest.approx(5_323_745.436314, rel=1e-6)
    names = sorted({code for pair in commuters for code in pair})
    flows = np.zeros((len(names), len(names)))
    for (origin, destination), weight in commuters.items():
        flows[names.index(origin), names.index(destination)] = weight

    cards = cards_of_flow(load_catalog().indicators, "commuting")
    inputs = {
        "profile": FlowProfile.of_matrix(flows),
        "partner_origins": flows.sum(axis=1),
        "network": Network.of_matrix(flows),
    }
    found = evaluate(cards, inputs)
    assert found["net"].sum() == pytest.approx(0, abs=1e-3)  # nobody leaves the file
    for p, siren in enumerate(names):
        lives = sum(w for (o, _), w in commuters.items() if o == siren)
        works = sum(w for (_, d), w in commuters.items() if d == siren)
        stays = commuters.get((siren, siren), 0.0)
        sent = sorted((w for (o, d), w in commuters.items() if o == siren != d), reverse=True)
        assert found["self_containment"][p] == pytest.approx(stays / lives)
        assert found["employment_concentration"][p] == pytest.approx(100 * works / lives)
        assert found["first_destination_share"][p] == pytest.approx(sent[0] / sum(sent))
        hhi = sum((w / sum(sent)) ** 2 for w in sent)
        assert found["effective_destinations"][p] == pytest.approx(1 / hhi)

    paris = names.index("200054781")  # the Métropole du Grand Paris, where 130 communes are
    assert found["dominance_role"][paris] == 1
    assert (found["dominant_partner"] == paris).sum() > len(names) / 2
    assert found["employment_concentration"][paris] > 100
