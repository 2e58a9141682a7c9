"""« grants » as tables: a row a project, then what they sum to."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from maillage.common.french import counted, euros
from maillage.documents.tables.facts import FICTIONAL, file_text, territory_facts
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.grants import GrantCited, Grants, GrantSum

COLUMNS = (
    Column("project", "Identifiant du projet", Kind.CODE),
    Column("purpose", "Projet", short=True),
    Column("category", "Catégorie"),
    Column("programme", "Dotation", short=True),
    Column("owner", "Bénéficiaire", short=True),
    Column("owner_id", "Code du bénéficiaire", Kind.CODE),
    Column("owner_status", "État du bénéficiaire"),
    Column("cost", "Coût (€)", Kind.NUMBER, short=True),
    Column("subsidy", "Subvention (€)", Kind.NUMBER, short=True),
    Column("counted", "Compté", short=True),
    Column("year", "Année", Kind.YEAR),
)
SUM_COLUMNS = (
    Column("by", "Par"),
    Column("id", "Code", Kind.CODE),
    Column("title", "Nom"),
    Column("count", "Projets", Kind.NUMBER),
    Column("subsidy", "Subventions (€)", Kind.NUMBER),
    Column("cost", "Coûts connus (€)", Kind.NUMBER),
    Column("unpriced", "Projets sans coût connu", Kind.NUMBER),
)
FORMER = "disparu depuis, situé par ses derniers membres connus"
WHOLLY = "Seuls comptent les bénéficiaires entièrement compris dans le territoire."
#: Whether the sums of the territory hold a project.
INSIDE, BEYOND = "oui", "non : bénéficiaire plus large que le territoire"


def grants_workbook(answer: Grants, edition: Edition) -> Workbook:
    """Projects of owners inside, then of those that reach beyond; one column tells them apart."""
    territory = answer.territory
    title = f"{territory.name} : dotations d’investissement de l’État, {answer.year}"
    rows = (*_rows(answer, answer.grants, INSIDE), *_rows(answer, answer.shared, BEYOND))
    return Workbook(
        stem=stem("dotations", territory.id, answer.year),
        title=title,
        tables=(
            Table("grants", title, COLUMNS, rows),
            Table("sums", "Sommes", SUM_COLUMNS, tuple(_sums(answer))),
        ),
        facts=(
            *territory_facts(territory.name, territory.id, answer.cog),
            Fact("source", "Source", file_text(answer.source), repeated=True),
        ),
        notes=tuple(_notes(answer)),
    ).told(
        Fact("licence", "Licence", answer.source.licence, repeated=True),
        Fact("status", "Statut", FICTIONAL if answer.fictional else "", repeated=True),
        *(Fact("caveat", "Précaution", caveat) for caveat in answer.caveats),
        Fact("checksum", "Empreinte SHA-256", f"{answer.source.file} : {answer.source.sha256}"),
        Fact("edition", "Millésime de Maillage", answer.edition, repeated=True),
    )


def _rows(answer: Grants, grants: Iterable[GrantCited], held: str) -> Iterator[Row]:
    for grant in grants:
        yield (
            grant.project,
            grant.purpose or "Sans intitulé dans la liste",
            grant.category,
            grant.programme,
            grant.owner,
            grant.owner_id,
            FORMER if grant.former else "",
            _euros(grant.cost),
            _euros(grant.subsidy),
            held,
            answer.year,
        )


def _euros(amount: Decimal | None) -> Measure:
    return Measure(None if amount is None else float(amount), "eur")


def _sums(answer: Grants) -> Iterator[Row]:
    yield _sum("Ensemble", answer.total)
    for sums, by in ((answer.programmes, "Dotation"), (answer.categories, "Catégorie")):
        yield from (_sum(by, one) for one in sums)
    yield from (_sum("Non compté", one) for one in (answer.beyond, answer.lost) if one.count)


def _sum(by: str, one: GrantSum) -> Row:
    """Costs that nobody knows are no zero."""
    cost = None if one.unpriced == one.count else one.cost
    return (by, one.id, one.title, one.count, _euros(one.subsidy), _euros(cost), one.unpriced)


def _notes(answer: Grants) -> Iterator[str]:
    total, lost, beyond = answer.total, answer.lost, answer.beyond
    supported = counted(total.count, "projet soutenu", "projets soutenus")
    yield f"{supported} pour {euros(float(total.subsidy))}. {WHOLLY}"
    if beyond.count:
        yield f"Non comptés : {counted(beyond.count, 'projet')} d’un bénéficiaire plus large."
    if lost.count:
        yield f"Non situés : {counted(lost.count, 'projet')} de groupements disparus depuis."
    yield f"Source : {file_text(answer.source)}. Montants en euros, arrondis après addition."
    yield from [FICTIONAL] * answer.fictional
