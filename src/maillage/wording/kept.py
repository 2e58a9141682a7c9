"""A figure of two territories as an operation keeps it: what it says, its value, where from."""

from dataclasses import dataclass

from maillage.common.french import percent
from maillage.observatory.answers.pair import Pair, PairFlow, PairTheme
from maillage.observatory.citation import FileCited
from maillage.wording.figures import Figure
from maillage.wording.pairs import flow_rows, flow_sentence, gain_text

#: What the columns that keep it hold.
LONGEST = {"statement": 400, "value": 60, "unit": 60, "source": 250, "partner_name": 250}


@dataclass(frozen=True)
class Kept:
    """The fields of an interdependency, save its date. ``flow`` or ``theme`` is an id."""

    statement: str
    value: str
    unit: str
    source: str
    vintage: str
    partner: str
    partner_name: str
    flow: str = ""
    theme: str = ""

    @property
    def about(self) -> str:
        """The id of what it speaks of: no flow has that of a theme."""
        return self.flow or self.theme


def kept_figures(pair: Pair) -> list[Kept]:
    """Every figure of the pair that an operation may answer: exchanges, then needs covered
    together, in the order of the page."""
    flows = [kept for flow in pair.flows if (kept := _of_flow(pair, flow))]
    return flows + [kept for theme in pair.themes if (kept := _of_theme(pair, theme))]


def _of_flow(pair: Pair, flow: PairFlow) -> Kept | None:
    """None when nothing is known to circulate."""
    statement = flow_sentence(flow, pair.territory.name, pair.other.name)
    if flow.source is None or flow.unit is None or not statement:
        return None
    row = next(row for row in flow_rows(pair) if row.flow is flow)
    return Kept(
        statement=_cut("statement", statement),
        value=_cut("value", f"{_text(row.out)} à l’aller, {_text(row.into)} au retour"),
        unit=_cut("unit", flow.unit.label),
        source=_source(flow.source.files, fictional=pair.fictional),
        vintage=str(flow.year),
        partner=pair.other.id,
        partner_name=_cut("partner_name", pair.other.name),
        flow=flow.flow,
    )


def _of_theme(pair: Pair, theme: PairTheme) -> Kept | None:
    """None where joining covers nothing more."""
    if theme.gain is None or theme.together is None or theme.gain < 0.0005:
        return None
    years = sorted({group.year for group in theme.groups if group.year})
    apart, together = percent(theme.apart, 0), percent(theme.together, 0)
    statement = (
        f"{theme.title} : réunis, ils couvriraient en théorie {together} de leurs besoins, "
        f"au lieu de {apart} séparément."
    )
    return Kept(
        statement=_cut("statement", statement),
        value=gain_text(theme.gain),
        unit="couverture théorique",
        source=_source(theme.sources, fictional=pair.fictional),
        vintage="-".join(str(year) for year in dict.fromkeys((years[0], years[-1])))
        if years
        else "–",
        partner=pair.other.id,
        partner_name=_cut("partner_name", pair.other.name),
        theme=theme.id,
    )


def _text(figure: Figure) -> str:
    return f"au moins {figure.text}" if figure.minimum else figure.text


def _source(files: tuple[FileCited, ...], *, fictional: bool) -> str:
    named = dict.fromkeys(f"{file.producer}, {file.title}" for file in files)
    text = " ; ".join(named) or "Maillage"
    return _cut("source", f"{text} (données fictives)" if fictional else text)


def _cut(field: str, text: str) -> str:
    longest = LONGEST[field]
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
