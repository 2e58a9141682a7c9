"""A country of five communes: two intercommunalités, two départements, two flow files."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import shapely

from maillage.catalog.load import load_catalog
from maillage.engine.dataset import (
    FlowCells,
    FlowMeta,
    LevelShapes,
    Scope,
    SourceFile,
    Universe,
)
from maillage.engine.writer import EditionWriter
from maillage.sources.account import Account
from maillage.sources.mirror import Refusal
from maillage.sources.references.report import ReferenceFile, ReferencesReport
from maillage.sources.report import BuildReport, FileReport
from maillage.territory.former import FormerCommune
from maillage.territory.geography import Geography
from maillage.territory.meshes import MeshHead, mesh_from_owners

CODES = ("01001", "01002", "02001", "02002", "03001")
NAMES = ("Arcy", "Bellerive", "Corvol-l’Eau", "Dunes-sur-Mer", "Étang-Neuf")
EPCI = {"200000001": "CC des Deux Rives", "200000002": "Dunes Métropole"}
DEPARTEMENTS = {"01": "L'Aval", "02": "Amont"}


def geography(*, fictional: bool) -> Geography:
    west, east = EPCI
    epci = MeshHead("epci", 2025, "Intercommunalité à fiscalité propre", "inventé")
    departement = MeshHead("departement", 2025, "Département", "inventé", "dep-")
    return Geography(
        cog=2025,
        codes=CODES,
        names=NAMES,
        population=np.array([12_000.0, 3_400, np.nan, 54_000, 1_200]),
        lon=np.linspace(0, 0.4, 5),
        lat=np.full(5, 46.0),
        meshes=(
            mesh_from_owners(epci, [west, west, east, east, east], EPCI, "CC"),
            mesh_from_owners(departement, ["01", "01", "02", "02", "02"], DEPARTEMENTS),
        ),
        fictional=fictional,
    )


#: One joined Arcy, the other was shared between the two communes beside it.
FORMER = {
    "01009": FormerCommune("01009", "Vieil-Arcy", (("01001", 1.0),)),
    "02009": FormerCommune("02009", "Valcorvol", (("02001", 0.4), ("02002", 0.6))),
}


def meta(flow: str, year: int, universe: Universe) -> FlowMeta:
    """A census file without individual weights."""
    file = SourceFile("rp_commuting_pairs", "flux.csv", "0" * 64, 6, 2025)
    return FlowMeta(flow, year, "persons", (file,), universe, 4.0, True, False, "public")


PAIRS = [(0, 0, 3000), (0, 3, 1234.5), (1, 3, 400), (3, 0, 120), (3, 3, 20000), (4, 3, 90)]


def cells(flow: str, year: int, universe: Universe) -> FlowCells:
    """The pairs that have both ends in the universe; none abroad."""
    seen = [scope.communes for scope in universe.scopes] or [range(5)]
    pairs = [p for p in PAIRS if any(p[0] in communes and p[1] in communes for communes in seen)]
    origin, destination, weight = (np.array(column) for column in zip(*pairs, strict=True))
    return FlowCells(
        meta(flow, year, universe),
        origin.astype(np.int32),
        destination.astype(np.int32),
        weight.astype(np.float64),
        None,
    )


def report() -> BuildReport:
    """One file with something of everything, one refused, one unknown."""
    account = Account(
        rows=7905,
        total=Decimal("12345.6"),
        placed=Decimal("12300.1"),
        unplaced={"code de commune inconnu": Decimal("45.5")},
        estimated=Decimal("12.5"),
        suppressed=3,
        vanished=14,
        moved=Decimal("859.300482"),
        notes=("Zéro de tête rétabli pour 12 codes.",),
    )
    file = FileReport(
        file="flux/navettes.csv",
        card="rp_commuting_pairs",
        kind="flow",
        year=2021,
        unit="persons",
        sha256="0" * 64,
        gave=(("commuting", 2021, "commune"),),
        account=account,
    )
    return BuildReport(
        files=(file,),
        refused=(Refusal("flux/vide.csv", "« flux/vide.csv » : fichier vide.", "rp_migdep"),),
        unmatched=("lisez-moi.txt",),
        references=ReferencesReport(
            files=(ReferenceFile("cog/communes.csv", "ref_cog_communes", 2025, 34875),),
            notes=("EPCI 2025 : 4 communes sans EPCI.",),
        ),
    )


def contours() -> LevelShapes:
    boxes = [shapely.to_wkb(shapely.box(west, 46, west + 0.2, 46.3)) for west in (0, 0.2)]
    return LevelShapes("epci", 2025, tuple(EPCI), tuple(boxes), (), "inventé")


def write_edition(editions: Path, *, fictional: bool = True) -> str:
    """Commuting covers the country, residential the inside of one département only."""
    amont = Scope("departement", "02", "à l’intérieur du département Amont", np.arange(2, 5))
    with EditionWriter(editions) as writer:
        writer.write_geography(geography(fictional=fictional))
        writer.write_former(FORMER)
        writer.write_catalog(load_catalog())
        writer.write_flow(cells("commuting", 2021, Universe()))
        writer.write_flow(cells("residential", 2008, Universe((amont,))))
        writer.write_geometry(contours())
        writer.write_report(report().to_json())
        return writer.publish()
