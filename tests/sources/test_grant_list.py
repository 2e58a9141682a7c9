"""Lists of grants: owners of today, owners that are no more, amounts that do not fit."""

from decimal import Decimal

import pytest
from tests.sources.census import drop
from tests.sources.world import read_mirror

from maillage.common.errors import InputError

HEADER = (
    "id_projet;id_dep;id_terr;nom_terr;pop19;dotation;echelon;categorie;description;"
    "cout_total;montant_sub;pct_sub\n"
)
ROWS = """\
p1;44;44109;Nantes;1;DETR;commune;7 - Construction et transport;École ;1000;800,25;0,8
p2;44;44003;Ancienne;1;DSIL;commune;7 - Construction et transports;Halle;500;100;0,2
p3;44;244400404;Métropole;1;dsil;epci;3 - Environnement;Piste;0;2000;0
p4;44;249999999;CC disparue;1;DETR;epci;4 - Education;Bus;10;5;0,5
p5;01;01;Ain;1;DSID;conseil_departemental;2 - Economie et emploi;Pont;4 000,5;1 000,000000001;0,25
p6;01;1001;Cantal;1;DETR;commune;1 - Santé;Maison;30;10;0,3
"""


def read(tmp_path, rows=ROWS):
    name = "projets_dotations_investissement_2019.csv"
    drop(tmp_path / "mirror", name, HEADER + rows)
    return read_mirror(tmp_path / "mirror", tmp_path)


def test_owners_are_where_they_are_today(tmp_path):
    (values,) = read(tmp_path).values
    assert values.year == 2019
    assert {grant.project: grant.now for grant in values.grants} == {
        "p1": "44109",
        "p2": "44002",
        "p3": "244400404",
        "p4": "",
        "p5": "01",  # the meshes of this country have no prefix
        "p6": "01001",
    }


def test_amounts_are_exact_and_a_null_cost_is_unknown(tmp_path):
    (values,) = read(tmp_path).values
    grants = {grant.project: grant for grant in values.grants}
    assert grants["p1"].subsidy == Decimal("800.25")
    assert grants["p5"].subsidy == Decimal("1000.000000001")
    assert grants["p3"].cost is None
    assert grants["p3"].programme == "DSIL"
    assert grants["p1"].category == grants["p2"].category == "7"


def test_the_account_closes_and_tells_what_is_odd(tmp_path):
    account = read(tmp_path).account
    assert account.closes
    assert account.total == Decimal("3915.250000001")
    assert sum(account.unplaced.values()) == 5
    told = " ".join(account.notes)
    assert "p3 (Métropole)" in told
    assert "CC disparue" in told
    assert "6 façons d’écrire les catégories, ramenées à 5" in told


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("p1;44;44109;N;1;DETR;commune;7 - C;É;1000;beaucoup;0\n", "lisible"),
        ("p1;44;44109;N;1;DETR;commune;7 - C;É;1000;-5;0\n", "lisible"),
        ("p1;44;44109;N;1;DETR;quartier;7 - C;É;1000;5;0\n", "niveau"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, row, word):
    with pytest.raises(InputError, match=word) as error:
        read(tmp_path, row)
    assert error.value.line == 2
