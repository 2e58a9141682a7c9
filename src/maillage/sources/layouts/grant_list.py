"""Lists of grants, one project a row: who received what, and where that territory is today.

Roles: ``project, departement, place, name, programme, level, category, purpose, cost, subsidy``.
Constants ``level_commune``, ``level_epci``, ``level_departement``: how the list says each level;
``place_<code>``: the id of a territory that it calls by a code of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from maillage.common.errors import InputError
from maillage.common.french import counted
from maillage.engine.dataset import Grant, GrantList, SourceFile
from maillage.sources.account import ZERO, Account
from maillage.sources.layouts import Context, Reading
from maillage.sources.mirror import MatchedFile
from maillage.sources.references.bundle import GeographyBundle
from maillage.sources.references.tables import Table, read_tables
from maillage.territory.units import unit_id

COMMUNE, EPCI, DEPARTEMENT = "commune", "epci", "departement"
GONE = "groupement disparu, dont aucune composition n’est connue"
_UNKNOWN = "territoire inconnu"


def read(file: MatchedFile, context: Context) -> Reading:
    """InputError on an amount that is no number, or a level that the card does not know."""
    tables = read_tables(file.entry, [file.card])
    if not tables:
        raise InputError(
            problem="ce fichier n’a pas les colonnes d’une liste de subventions.",
            remedy=f"reprenez le fichier d’origine : {file.card.page}",
            file=file.name,
        )
    table = tables[0]
    now = _now_of(table, context.bundle) | _named_apart(file)
    grants = tuple(_grants(table, now, _levels(file)))
    values = GrantList(
        year=table.year,
        source=SourceFile(file.card.id, file.name, file.sha256, len(table), table.cog),
        grants=grants,
        fictional=file.card.fictional or context.bundle.geography.fictional,
        notes=tuple(_notes(grants, table)),
    )
    return Reading(file, (values,), _account(grants, values.notes))


def _levels(file: MatchedFile) -> Mapping[str, str]:
    constants = file.card.constants
    return {constants.get(f"level_{one}", one): one for one in (COMMUNE, EPCI, DEPARTEMENT)}


def _named_apart(file: MatchedFile) -> dict[tuple[str, str], str]:
    named = file.card.constants.items()
    places = {key.removeprefix("place_"): id for key, id in named if key.startswith("place_")}
    return {(level, code): id for code, id in places.items() for level in (EPCI, DEPARTEMENT)}


def _grants(
    table: Table, now: Mapping[tuple[str, str], str], levels: Mapping[str, str]
) -> Iterator[Grant]:
    for row in range(len(table)):
        level = levels.get(table["level"][row])
        if level is None:
            remedy = f"niveaux connus : {', '.join(levels)}."
            raise table.fault(row, "level", "niveau de collectivité inconnu.", remedy)
        place = _code(table["place"][row], level)
        subsidy = _euros(table, row, "subsidy")
        cost = _euros(table, row, "cost")
        yield Grant(
            project=table["project"][row],
            programme=table["programme"][row].upper(),
            level=level,
            place=place,
            name=table["name"][row],
            departement=table["departement"][row],
            category=_category(table["category"][row]),
            purpose=" ".join(table["purpose"][row].split()),
            cost=cost or None,
            subsidy=subsidy or ZERO,
            now=now.get((level, place), ""),
        )


def _code(text: str, level: str) -> str:
    """Spreadsheets cut the zeros that communes and départements start with."""
    return text.zfill({COMMUNE: 5, DEPARTEMENT: 2}.get(level, 9))


def _category(text: str) -> str:
    """The number that starts it: one category is spelled in several ways. Else the text itself."""
    number = re.match(r"\s*(\d+)\s*-", text)
    return number[1] if number else text


def _euros(table: Table, row: int, role: str) -> Decimal | None:
    """Exact, as written; None where blank."""
    text = re.sub(r"[\s\u00a0\u202f€]", "", table[role][row]).replace(",", ".")
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise table.fault(row, role, "ce montant n’est pas lisible.", "écrivez-le en euros.")
    return round(amount, 9)


def _now_of(table: Table, bundle: GeographyBundle) -> dict[tuple[str, str], str]:
    """Id of today's territory, by level and code of the list."""
    places = {(COMMUNE, text.zfill(5)): "" for text in table["place"]}
    communes = [code for _, code in places]
    placement = bundle.passages.of(table.cog).place(tuple(communes))
    geography = bundle.geography
    found: dict[tuple[str, str], str] = {}
    shares: dict[int, float] = {}
    for text, node, ratio in zip(placement.text, placement.node, placement.ratio, strict=True):
        if node < geography.n_communes and ratio > shares.get(int(text), 0.0):
            shares[int(text)] = float(ratio)
            found[COMMUNE, placement.texts[text]] = geography.codes[node]
    return found | dict(_units(bundle, table.year))


def _units(bundle: GeographyBundle, year: int) -> Iterator[tuple[tuple[str, str], str]]:
    """Groupings and départements; the composition of today wins, then the nearest to the list."""
    geography = bundle.geography
    meshes = [mesh for mesh in geography.meshes if mesh.level in (EPCI, DEPARTEMENT, "ept")]
    current = [mesh for mesh in meshes if geography.mesh(mesh.level) is mesh]
    former = sorted(
        (mesh for mesh in meshes if mesh not in current), key=lambda mesh: -abs(mesh.year - year)
    )
    for mesh in (*former, *current):
        level = DEPARTEMENT if mesh.level == DEPARTEMENT else EPCI
        for unit, code in enumerate(mesh.codes):
            yield (level, code), unit_id(geography, mesh, unit)


def _notes(grants: Sequence[Grant], table: Table) -> Iterator[str]:
    spellings, kept = set(table["category"]), {grant.category for grant in grants}
    if len(spellings) > len(kept):
        yield (
            f"{len(spellings)} façons d’écrire les catégories, ramenées à {len(kept)} "
            "par leur numéro."
        )
    odd = [grant for grant in grants if grant.subsidy > (grant.cost or ZERO)]
    if odd:
        told = ", ".join(f"{grant.project} ({grant.name})" for grant in odd[:5])
        yield (
            f"{counted(len(odd), 'subvention dépasse', 'subventions dépassent')} le coût écrit, "
            f"nul ou absent : {told}. Les lignes sont gardées ; un coût nul est tenu pour inconnu."
        )
    merged = {g.place for g in grants if g.level == COMMUNE and g.now not in ("", g.place)}
    if merged:
        yield (
            f"{counted(len(merged), 'commune disparue', 'communes disparues')} depuis, "
            "situées dans la commune qui les a reprises."
        )
    former = {grant.place: grant for grant in grants if "@" in grant.now}
    if former:
        yield (
            f"{counted(len(former), 'groupement disparu', 'groupements disparus')} depuis, "
            "situés par leur dernière composition connue."
        )
    gone = {grant.place: grant.name for grant in grants if grant.level == EPCI and not grant.now}
    if gone:
        yield (
            f"{counted(len(gone), 'groupement disparu', 'groupements disparus')} sans composition "
            f"connue, {'non situé' if len(gone) == 1 else 'non situés'} : "
            f"{', '.join(sorted(gone.values())[:5])}{'…' if len(gone) > 5 else ''}."
        )


def _account(grants: Sequence[Grant], notes: tuple[str, ...]) -> Account:
    """In euros granted."""
    unplaced: dict[str, Decimal] = {}
    for grant in grants:
        if not grant.now:
            reason = GONE if grant.level == EPCI else _UNKNOWN
            unplaced[reason] = unplaced.get(reason, ZERO) + grant.subsidy
    total = sum((grant.subsidy for grant in grants), ZERO)
    placed = sum((grant.subsidy for grant in grants if grant.now), ZERO)
    return Account(len(grants), total, placed, unplaced, notes=notes)
