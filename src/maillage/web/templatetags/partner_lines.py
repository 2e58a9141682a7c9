"""The lines of the table of a flow: written here, since a page may have five thousand of them."""

from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from maillage.common.french import percent, typeset
from maillage.web.flow_content import FlowContent
from maillage.wording.figures import Figure
from maillage.wording.rows import Row

register = template.Library()
LEAST = '<span class="visually-hidden">au moins </span><span aria-hidden="true">≥&nbsp;</span>'
LINE = (
    '<tr data-partner="{code}" data-said="{said}"{portrait}{chosen}><th scope="row">'
    '<a href="{address}{link}#choisi" data-partner="{code}"{current}{target}>{label}</a>{kind}</th>'
    "{out}{into}"
    '<td class="num wide-only">{net}</td>{share}</tr>\n'
)


@register.simple_tag
def partner_lines(content: FlowContent, path: str, view: str) -> SafeString:
    """``path`` is that of the page; the links of an embedded ``view`` leave its frame."""
    address = escape(path + content.links)
    portrait = reverse("territories-portrait", args=["@"])
    target = ' target="_top"' if view else ""
    chosen, share = content.query.asked.partner, flow_share if content.shares else _no_share
    lines = (
        _line(row, address, portrait, target, row.code == chosen, share(row.share))
        for row in content.result.rows
    )
    return mark_safe("".join(lines))  # noqa: S308 - every value below is escaped


@register.simple_tag
def flow_cell(figure: Figure) -> SafeString:
    """A figure as a cell of a table: its number, or why there is none."""
    return mark_safe(_cell(figure))  # noqa: S308 - its text is escaped


def _line(row: Row, address: str, portrait: str, target: str, chosen: bool, share: str) -> str:
    home = portrait.replace("@", escape(row.id))
    return LINE.format(
        code=escape(row.code),
        said=escape(typeset(row.said)),
        portrait=f' data-portrait="{home}"' if row.id else "",
        chosen=' class="chosen"' if chosen else "",
        address=address,
        link=escape(row.code.replace("@", "%40")),
        current=' aria-current="true"' if chosen else "",
        target=target,
        label=escape(typeset(row.label)),
        kind=f' <span class="tag">{escape(row.kind)}</span>' if row.kind else "",
        out=_cell(row.outgoing),
        into=_cell(row.incoming),
        net=escape(row.net.text),
        share=share,
    )


@register.simple_tag
def flow_share(share: float | None) -> SafeString:
    """A share of the whole, as a cell."""
    if share is None:
        return mark_safe('<td class="num wide-only"><span class="small">non donnée</span></td>')
    return mark_safe(f'<td class="num wide-only">{escape(percent(share, 1))}</td>')  # noqa: S308


def _no_share(_share: float | None) -> str:
    """Where the file lacks the whole: the column is not there, the table says why above."""
    return ""


def _cell(figure: Figure) -> str:
    text = escape(figure.text)
    shown = text if figure.known else f'<span class="small">{text}</span>'
    least = LEAST if figure.minimum else ""
    return f'<td class="num{" imprecise" if figure.fragile else ""}">{least}{shown}</td>'
