"""The dossier of two territories: two pages fit to lay before two presidents."""

from typing import Any

from maillage.common.french import counted, listing, typeset
from maillage.common.names import of_the, the
from maillage.documents.pages.pictures import pair_svg
from maillage.documents.pages.printer import pdf
from maillage.documents.pages.sources import file_titles, source_text, undated
from maillage.drawing.pair_map import PairMap
from maillage.observatory.answers.pair import Pair
from maillage.observatory.citation import TerritoryCited
from maillage.wording.figures import Figure
from maillage.wording.pairs import (
    FlowRow,
    ThemeRow,
    amounts,
    exchanged_groups,
    flow_rows,
    key_sentences,
    theme_rows,
)

#: What the second page has room for.
GROUPS, COMMON = 9, 7
PAGES = 2
CAUTIONS = (
    "La complémentarité et la couverture sont théoriques : elles ne disent ni les coûts, ni les "
    "contrats en cours, ni la volonté de chacun.",
    "Sous 200 personnes, un échange tiré du recensement est à manier avec précaution, selon la "
    "règle de lecture de l’Insee.",
    "« n. d. » : la donnée manque ou le fichier la tronque ; ce n’est pas un zéro.",
)


def dossier_pdf(pair: Pair, drawing: PairMap | None, address: str) -> bytes:
    """A tagged PDF of two pages. ``address``: where the page of this pair is read."""
    return pdf("dossier", dossier_content(pair, drawing, address), most=PAGES)


def dossier_content(pair: Pair, drawing: PairMap | None, address: str) -> dict[str, Any]:
    """What the template lays out: every text as people read it."""
    here, other = typeset(pair.territory.name), typeset(pair.other.name)
    return {
        "title": f"{here} et {other}",
        "running": f"{_capital(here)} et {other} – communes au 1er janvier {pair.cog}, "
        f"millésime {pair.edition}",
        "fictional": pair.fictional,
        "people": _people(pair),
        "note": _shared(pair),
        "here": here,
        "other": other,
        "short_here": here,
        "short_other": other,
        "of_here": typeset(of_the(pair.territory.name)),
        "of_other": typeset(of_the(pair.other.name)),
        "way_there": typeset(f"{of_the(pair.territory.name)} vers {the(pair.other.name)}"),
        "from_here": _capital(typeset(of_the(pair.territory.name))),
        "from_other": _capital(typeset(of_the(pair.other.name))),
        "map": "" if drawing is None else pair_svg(drawing),
        "map_alt": f"Carte : {here} et {other} parmi leurs voisins.",
        "sentences": [typeset(sentence) for sentence in key_sentences(pair)],
        "flows": [_flow(row) for row in flow_rows(pair)],
        "themes": [_theme(row) for row in theme_rows(pair)],
        "groups": _groups(pair),
        "common": _common(pair),
        "cautions": [typeset(text) for text in CAUTIONS],
        "sources": _sources(pair),
        "address": address,
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _people(pair: Pair) -> list[str]:
    """A line on each, and the distance between them."""
    lines = [_inhabitants(pair.territory), _inhabitants(pair.other)]
    if pair.distance_km is not None:
        distance = counted(pair.distance_km, "kilomètre")
        lines.append(f"{distance} par la route entre leurs centres (estimation).")
    return [typeset(line) for line in lines]


def _inhabitants(territory: TerritoryCited) -> str:
    people = (
        "population non connue"
        if territory.population is None
        else counted(territory.population, "habitant")
    )
    return f"{territory.name} : {people}, {counted(territory.communes, 'commune')}."


def _shared(pair: Pair) -> str:
    if not pair.shared:
        return ""
    return typeset(
        f"Les deux territoires ont {counted(pair.shared, 'commune')} en partage. Ce qui leur est "
        f"commun compte ici du côté {of_the(pair.territory.name)}."
    )


def _flow(row: FlowRow) -> dict[str, Any]:
    detail = ", ".join(part for part in (str(row.flow.year or ""), typeset(row.unit)) if part)
    estimated = row.flow.source is not None and row.flow.source.estimated
    return {
        "title": typeset(row.flow.title),
        "detail": f"{detail}, estimation" if estimated else detail,
        "why": typeset(row.why),
        "out": figure_text(row.out),
        "into": figure_text(row.into),
        "shares": list(row.shares),
        "expected": typeset(row.expected) or "–",
    }


def figure_text(figure: Figure) -> str:
    """On one line: « au moins 1 234 B »."""
    least = "au moins " if figure.minimum else ""
    return f"{least}{figure.text}{' ' + figure.grade if figure.grade else ''}"


def _theme(row: ThemeRow) -> dict[str, Any]:
    widths = row.widths or (0.0, 0.0, 0.0, 0.0)
    return {
        "title": typeset(row.theme.title),
        "why": typeset(row.why),
        "here": row.here,
        "other": row.other,
        "apart": row.apart,
        "together": row.together,
        "gain": row.gain,
        "bar_apart": round(widths[2], 2),
        "bar_together": round(widths[3], 2),
    }


def _groups(pair: Pair) -> list[dict[str, str]]:
    """The groups that answer the largest part of a need first."""
    found = [
        (max((group.to_other or 0) / (group.other.need or 1), _received(group)), theme, group)
        for theme in pair.themes
        for group in exchanged_groups(theme)
    ]
    found.sort(key=lambda entry: -entry[0])
    rows = []
    for _, theme, group in found[:GROUPS]:
        to_other, from_other = amounts(group, theme.unit.label.removesuffix(" par an"))
        detail = f"{theme.title}, {group.year}"
        rows.append(
            {
                "label": typeset(group.label),
                "detail": typeset(detail),
                "to_other": to_other,
                "from_other": from_other,
            }
        )
    return rows


def _received(group: Any) -> float:
    return float((group.from_other or 0) / (group.here.need or 1))


def _common(pair: Pair) -> list[dict[str, str]]:
    """Those that hold both entirely first."""
    units = sorted(pair.common.perimeters, key=lambda perimeter: not perimeter.whole)
    found = [
        {
            "name": typeset(unit.name),
            "detail": typeset(unit.label) + ("" if unit.whole else " (en partie)"),
        }
        for unit in units
    ]
    found += [
        {
            "name": typeset(programme.label),
            "detail": typeset(_both(programme.here, programme.other)),
        }
        for programme in pair.common.programmes
    ]
    left = len(found) - COMMON
    if left > 0:
        found = [*found[:COMMON], {"name": f"et {left} de plus", "detail": "sur la page en ligne"}]
    return found


def _both(here: tuple[str, ...], other: tuple[str, ...]) -> str:
    """A few names of each side."""
    return f"{_few(here)} ; {_few(other)}"


def _few(names: tuple[str, ...]) -> str:
    return listing(names) if len(names) <= 2 else f"{names[0]} et {len(names) - 1} autres"


def _sources(pair: Pair) -> str:
    flows = [
        source_text(flow.title, flow.source, flow.year, flow.universe)
        for flow in pair.flows
        if flow.source is not None
    ]
    themes = [
        undated(theme.title, file_titles(theme.sources), fictional=pair.fictional)
        for theme in pair.themes
        if theme.sources
    ]
    return " ".join([*flows, *themes])
