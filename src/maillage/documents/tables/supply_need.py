"""« supply_need » as tables: a row a theme and group, then what partners would add."""

from collections.abc import Iterator

from maillage.common.french import percent
from maillage.documents.tables.facts import FICTIONAL, file_text, territory_facts
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.supply_need import SupplyNeed, ThemeBalance

THEORETICAL = (
    "Une couverture est théorique : elle compare deux quantités et n’observe aucun échange."
)
COLUMNS = (
    Column("theme", "Thème", short=True),
    Column("group", "Groupe", short=True),
    Column("year", "Année", Kind.YEAR, short=True),
    Column("supply", "Offre", Kind.NUMBER, short=True),
    Column("need", "Besoin", Kind.NUMBER, short=True),
    Column("coverage", "Couverture", Kind.NUMBER, short=True),
    Column("unit", "Unité", short=True),
    Column("surplus", "Excédent", Kind.NUMBER),
    Column("deficit", "Déficit", Kind.NUMBER),
    Column("specificity", "Spécificité", Kind.NUMBER),
    Column("status", "État"),
    Column("unmeasured", "Pourquoi la précision manque"),
    Column("source", "Source"),
)
PARTNER_COLUMNS = (
    Column("theme", "Thème"),
    Column("territory", "Code", Kind.CODE),
    Column("name", "Partenaire"),
    Column("gain", "Besoin couvert en s’associant", Kind.NUMBER),
    Column("coverage", "Couverture du partenaire", Kind.NUMBER),
    Column("together", "Couverture à deux", Kind.NUMBER),
    Column("distance_km", "Distance (km)", Kind.NUMBER),
)


def supply_need_workbook(answer: SupplyNeed, edition: Edition) -> Workbook:
    """Groups under their theme; every partner that would add something on a second table."""
    title = f"{answer.territory.name} : offre et besoin"
    groups = tuple(row for theme in answer.themes for row in _groups(theme))
    partners = tuple(row for theme in answer.themes for row in _partners(theme))
    return Workbook(
        stem=stem("bilans", answer.territory.id, answer.cog),
        title=title,
        tables=(
            Table("groups", title, COLUMNS, groups),
            Table("partners", "En s’associant", PARTNER_COLUMNS, partners),
        ),
        facts=territory_facts(answer.territory.name, answer.territory.id, answer.cog),
        notes=tuple(_notes(answer)),
    ).told(
        Fact("warning", "Avertissement", THEORETICAL, repeated=True),
        *(Fact("reading", theme.title, theme.reading) for theme in answer.themes),
        *(Fact("missing", theme.title, theme.missing) for theme in answer.themes),
        *(Fact("caveat", t.title, caveat) for t in answer.themes for caveat in t.caveats),
        Fact("status", "Statut", FICTIONAL if answer.fictional else "", repeated=True),
        Fact("edition", "Millésime de Maillage", answer.edition, repeated=True),
    )


def _groups(theme: ThemeBalance) -> Iterator[Row]:
    for group in theme.groups:
        unknown = group.supply is None or group.need is None
        both = (group.precision.supply, group.precision.need)
        yield (
            theme.title,
            group.label,
            group.year,
            group.supply,
            group.need,
            Measure(group.coverage, "share"),
            theme.unit.label,
            group.surplus,
            group.deficit,
            Measure(group.specificity, "", 2),
            (theme.missing or "inconnu") if unknown else "au moins" if group.partial else "",
            " ".join(dict.fromkeys(one.why_label for one in both if one.why_label)),
            " ; ".join(map(file_text, group.sources)),
        )


def _partners(theme: ThemeBalance) -> Iterator[Row]:
    for partner in theme.partners:
        shares = (partner.gain, partner.coverage, partner.together)
        yield (
            theme.title,
            partner.id,
            partner.name,
            *(Measure(share, "share") for share in shares),
            partner.distance_km,
        )


def _notes(answer: SupplyNeed) -> Iterator[str]:
    for theme in answer.themes:
        if theme.missing:
            yield f"{theme.title} : {theme.missing}"
        else:
            yield f"{theme.title} : besoins couverts à {percent(theme.coverage)}."
        for partner in theme.partners[:1]:
            yield (
                f"{theme.title} : c’est avec {partner.name} que la couverture gagnerait le plus, "
                f"{percent(partner.gain)} des besoins communs."
            )
    yield THEORETICAL
    yield from [FICTIONAL] * answer.fictional
