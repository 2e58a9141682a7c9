"""Sentences made of figures: true to the letter, in good French, or absent."""

from types import SimpleNamespace

import pytest

from maillage.engine.dataset import Coverage
from maillage.engine.partners import PartnerKind
from maillage.engine.precision import Precision, PrecisionMethod
from maillage.engine.secrecy import Secrecy, SecrecyStatus
from maillage.observatory.answers.portrait import Family, Rank
from maillage.observatory.citation import CoverageCited, UnitCited
from maillage.wording.citations import citation
from maillage.wording.standing import standing
from maillage.wording.story import story

WHOLE, PARTIAL, ABSENT = Coverage.COMPLETE, Coverage.PARTIAL, Coverage.ABSENT
NAMED, ABROAD, UNKNOWN = PartnerKind.TERRITORY, PartnerKind.ABROAD, PartnerKind.UNKNOWN
SURE, WEAK = (
    Precision(PrecisionMethod.EXACT, grade=grade, reading="selon l’Insee") for grade in "AD"
)
#: What a full count has: no sampling, hence no reading of a census.
COUNTED = Precision(PrecisionMethod.COMPLETE)


def partner(name, count, kind=NAMED, code="", precision=SURE):
    both = SimpleNamespace(incoming=precision, outgoing=precision)
    return SimpleNamespace(
        name=name, code=code or name, kind=kind, incoming=count, outgoing=count, precision=both
    )


def balance(moved, stayed, partners=(), **facts):
    """``moved`` both ways; facts change what is otherwise a whole census of 2021."""
    reach = facts.get("reach", WHOLE)
    hidden = facts.get("hidden", 0)
    status = SecrecyStatus.INCOMPLETE if hidden else SecrecyStatus.PUBLIC
    precision = facts.get("precision", SURE)
    secrecy = Secrecy(status, hidden, moved, None)
    figures = ("internal", "incoming", "outgoing")
    file = SimpleNamespace(producer="Insee", title="flux domicile-travail")
    return SimpleNamespace(
        internal=stayed,
        incoming=moved,
        outgoing=moved,
        mesh=facts.get("mesh", "epci"),
        year=facts.get("year", 2021),
        cog=2025,
        partners=tuple(partners),
        unit=UnitCited(facts.get("unit", "persons"), "actifs occupés"),
        universe=SimpleNamespace(
            coverage=CoverageCited(facts.get("inside", WHOLE), reach, reach),
            label=facts.get("label", "ensemble du pays"),
            excludes=facts.get("excludes", ()),
        ),
        secrecy=SimpleNamespace(**dict.fromkeys(figures, secrecy)),
        precision=SimpleNamespace(**dict.fromkeys(figures, precision)),
        source=SimpleNamespace(
            estimated=facts.get("estimated", False),
            fictional=facts.get("fictional", False),
            edition="e1",
            files=(file,),
        ),
    )


def rank(indicator, below, above, n, several="communautés de communes"):
    return Rank(indicator, "", 0.4, above + 1, below, n, "Communauté de communes", several)


def told(found, flow="commuting", ranks=(), home=frozenset()):
    """Texts of the sentences, spaces made plain."""
    family = Family(flow, "", "famille", (2021,), found, "", tuple(ranks))
    sentences = story(SimpleNamespace(families=(family,)), {flow: home})
    return [plain(sentence.text) for sentence in sentences]


def plain(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


PARTNERS = (partner("CC du Val", 900), partner("Nantes Métropole", 3000), partner("Le Mans", 400))
LEAVE = "des actifs occupés résidents travaillent hors du territoire"


def test_a_share_its_partners_its_rank_and_its_source():
    found = told(balance(3800, 6200, PARTNERS), ranks=[rank("out_rate", 70, 16, 87)])
    assert found[0] == (
        f"38 % {LEAVE}, d’abord vers Nantes Métropole, la CC du Val et Le Mans ; c’est plus que "
        "huit territoires comparables sur dix (87 communautés de communes ; RP 2021)."
    )


@pytest.mark.parametrize(
    ("moved", "stayed", "share"),
    [
        (1_000, 9_999_000, "Moins de 0,1 %"),
        (6_000, 994_000, "0,6 %"),
        (994_000, 6_000, "99,4 %"),
        (9_999_000, 1_000, "Plus de 99,9 %"),
        (5_000, 0, "100 %"),
        (1_000, 2_000, "33 %"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_nor_to_all(moved, stayed, share):
    assert told(balance(moved, stayed))[0] == f"{share} {LEAVE} (RP 2021)."


@pytest.mark.parametrize("moved", [0, None])
def test_nothing_is_told_of_what_is_nil_or_not_known(moved):
    assert told(balance(moved, 100)) == []


@pytest.mark.parametrize(
    ("below", "above", "n", "expected"),
    [
        (70, 16, 87, "c’est plus que huit territoires comparables sur dix"),
        (85, 0, 87, "c’est plus que neuf territoires comparables sur dix"),
        (86, 0, 87, "c’est la plus forte valeur des territoires comparables"),
        (0, 86, 87, "c’est la plus faible valeur des territoires comparables"),
        (10, 76, 87, "c’est moins que huit territoires comparables sur dix"),
        (43, 43, 87, "c’est une valeur courante parmi les territoires comparables"),
        (0, 0, 9, "c’est une valeur courante parmi les territoires comparables"),
        (6, 4, 11, "c’est plus que six territoires comparables sur dix"),
        (5, 3, 10, "c’est une valeur courante parmi les territoires comparables"),
    ],
)
def test_a_standing_is_true_to_the_letter(below, above, n, expected):
    found = rank("out_rate", below, above, n)
    assert standing(found) == expected


def test_a_rank_of_another_indicator_is_not_told():
    found = told(balance(40, 60), ranks=[rank("self_containment", 70, 16, 87)])
    assert "comparables" not in found[0]


def test_a_cut_universe_gives_minimums_and_names_no_first_partner():
    cut = balance(
        38066, 446159, PARTNERS, reach=PARTIAL, label="à l’intérieur du département", year=2008
    )
    assert told(cut, "residential", ranks=[rank("exit_share", 70, 16, 87)]) == [
        "Au moins 38 066 habitants de cinq ans ou plus vivaient ailleurs cinq ans plus tôt, dont "
        "3 000 dans Nantes Métropole ; le fichier ne contient que les échanges à l’intérieur du "
        "département (RP 2008).",
        "Au moins 38 066 personnes qui habitaient le territoire cinq ans plus tôt l’ont quitté "
        "pour une autre commune de France, dont 3 000 vers Nantes Métropole ; le fichier ne "
        "contient que les échanges à l’intérieur du département (RP 2008).",
    ]


def test_a_rate_needs_all_that_stays():
    assert told(balance(40, 60, inside=PARTIAL))[0].startswith("40 actifs occupés résidents")


def test_since_2009_the_census_asks_of_the_year_before():
    found = told(balance(4_000, 96_000), "residential")
    assert found == [
        "4,0 % des habitants d’un an ou plus vivaient ailleurs un an plus tôt (RP 2021).",
        "Parmi les personnes qui habitaient le territoire un an plus tôt et vivent toujours en "
        "France, 4,0 % l’ont quitté (RP 2021).",
    ]


def test_secrecy_gives_a_minimum_and_is_said():
    found = balance(2.5e6, 1e6, PARTNERS, unit="eur", hidden=3, precision=COUNTED)
    assert told(found, "wages") == [
        "Les habitants rapportent au moins 2,5 M€ de salaires gagnés hors du territoire, dont "
        "3 000 € dans Nantes Métropole ; le reste est couvert par le secret statistique (2021)."
    ]


def test_an_estimate_and_invented_data_are_said():
    found = told(balance(2e6, 1e6, estimated=True, fictional=True, precision=COUNTED), "wages")
    assert found[0].startswith("D’après une estimation, les habitants rapportent")
    assert found[0].endswith("(2021, données fictives).")


def test_a_fragile_figure_is_said_and_its_later_partners_are_not_named():
    few = [partner("Arcy", 90, precision=WEAK), partner("Bellerive", 30, precision=WEAK)]
    assert told(balance(120, 80, few, precision=WEAK))[0] == (
        f"60 % {LEAVE}, d’abord vers Arcy ; l’effectif est faible, le chiffre est à lire avec "
        "précaution (RP 2021)."
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 établissement venu d’ailleurs s’est installé dans le territoire en 2021"),
        (2, "2 établissements venus d’ailleurs se sont installés dans le territoire en 2021"),
    ],
)
def test_counts_agree(count, words):
    assert told(balance(count, 9, precision=COUNTED), "transfers")[0] == f"{words} (2021)."


@pytest.mark.parametrize(
    ("first", "mesh", "home", "words"),
    [
        (partner("Ain", 9, code="01"), "departement", (), "vers l’Ain"),
        (partner("Vienne", 9), "commune", (), "vers Vienne"),
        (
            partner("CC du Val", 9),
            "epci",
            ("CC du Val",),
            "vers les autres communes de la CC du Val",
        ),
        (partner("Suisse", 9, ABROAD, "@CH"), "epci", (), "vers l’étranger (Suisse)"),
        (
            partner("Autre pays", 9, ABROAD, "@ETR"),
            "epci",
            (),
            "vers l’étranger (hors pays voisins)",
        ),
        (
            partner("Communes hors EPCI", 9, PartnerKind.WITHOUT),
            "epci",
            (),
            "vers les communes hors EPCI",
        ),
        (
            partner("Collectivités d’outre-mer", 9, PartnerKind.OVERSEAS_COLLECTIVITY),
            "epci",
            (),
            "vers les collectivités d’outre-mer",
        ),
    ],
)
def test_partners_take_their_article(first, mesh, home, words):
    found = told(balance(500, 500, [first], mesh=mesh), home=frozenset(home))
    assert f"d’abord {words} (RP 2021)" in found[0]


def test_inside_abroad_is_said_as_one_says_it():
    found = told(balance(500, 500, [partner("CC du Val", 300), partner("Suisse", 250, ABROAD)]))
    assert "d’abord dans la CC du Val et à l’étranger (Suisse)" in found[1]


def test_an_unknown_place_that_comes_first_leaves_partners_untold():
    found = told(balance(500, 500, [partner("Lieu inconnu", 400, UNKNOWN), partner("Arcy", 300)]))
    assert found[0] == f"50 % {LEAVE} (RP 2021)."


def test_a_citation_carries_all_that_the_figure_needs():
    family = Family(
        "commuting", "", "famille", (2021,), balance(38, 62, excludes=("Mayotte",)), "", ()
    )
    [first, _] = story(SimpleNamespace(families=(family,)), {})
    territory = SimpleNamespace(id="200000001", name="CC du Val", communes=12)
    assert plain(citation(first, territory, "https://exemple.fr/territoires/200000001/")) == (
        f"CC du Val : « 38 % {LEAVE} ; l’effectif est faible, le chiffre est à lire avec "
        "précaution (RP 2021). » Source : Insee, flux domicile-travail, 2021. Périmètre : CC du "
        "Val (200000001), 12 communes au 1er janvier 2025. Champ : ensemble du pays, hors Mayotte. "
        "Unité : actifs occupés. Maillage, millésime e1, "
        "https://exemple.fr/territoires/200000001/#recit-actifs-sortants"
    )
