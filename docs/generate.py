"""The pages written from the cards, the glossary and the commands, each time the site is built.

A mkdocs hook: nothing it makes is kept on disk, so a page can never lag behind its card.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any
from unicodedata import normalize

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from maillage.accounts.perms import RIGHTS, scope
from maillage.accounts.roles import ROLES
from maillage.catalog.cards import (
    BalanceCard,
    Card,
    FlowCard,
    FragilityCard,
    IndicatorCard,
    NomenclatureCard,
    PeerVariableCard,
    SourceCard,
    StockCard,
)
from maillage.catalog.load import load_catalog
from maillage.cli import main
from maillage.cli.french import speak_french
from maillage.common.french import typeset
from maillage.observatory.schemas import PUBLISHED, published_schema
from maillage.web.page_rights import PAGES, WORDS

CATALOG = load_catalog()
NOT_TEXT = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>|<[^>]+>)", re.S)
THEMES = CATALOG.nomenclatures["themes"].codes
FAMILIES = {
    "generic": "Toutes les familles de flux",
    "flow": "Propres à une famille de flux",
    "structure": "Structure du réseau",
    "complementarity": "Spécificité et complémentarité",
    "benchmark": "Comparaison",
    "balance": "Offre et besoin",
}
KINDS = {
    "flow": "Flux",
    "stock": "Stocks",
    "grant": "Subventions",
    "reference": "Référentiels",
    "programme": "Programmes et contrats",
    "geometry": "Contours",
}
VERIFIED = {
    "real_file": "Lecture vérifiée sur le fichier réel du producteur.",
    "format_only": (
        "Format vérifié d’après la documentation du producteur ; "
        "lecture pas encore éprouvée sur le fichier réel."
    ),
}
SECRECY = {
    "public": "Le producteur ne couvre aucune case : tout chiffre publié est montré.",
    "protected": "Certaines cases sont couvertes par le secret statistique.",
}


def bullets(items: Iterable[str]) -> str:
    return "".join(f"- {item}\n" for item in items)


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [list(headings), *([str(cell) for cell in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def caveats(card: Any) -> str:
    return f"\n## Précautions\n\n{bullets(card.caveats)}" if card.caveats else ""


def flow_link(id: str) -> str:
    return f"[{CATALOG.flows[id].title}](../flux/{id}.md)"


def stock_link(id: str) -> str:
    return f"[{CATALOG.stocks[id].title}](../stocks/{id}.md)" if id in CATALOG.stocks else id


def title(card: Card) -> str:
    return f"# {card.title}\n\n{card.description}\n\nIdentifiant : `{card.id}`\n"


def indicator(card: IndicatorCard) -> str:
    flows = [flow_link(id) for id in card.flows]
    of_what = card.unit == "share" and card.unit_label.startswith("de")
    unit = f"part {card.unit_label}" if of_what else card.unit_label
    return (
        f"{title(card)}\n## La question\n\n{card.question}\n"
        f"\n## Comment le lire\n\n{card.reading}\n"
        f"\n## Formule\n\n```text\n{card.formula}\n```\n\n"
        f"- Unité : {unit}\n- Source de la formule : {card.source}\n"
        f"- Familles de flux : {', '.join(flows) or 'toutes'}\n- Calcul : `{card.function}`\n"
        f"{caveats(card)}"
    )


def source_facts(card: SourceCard) -> Iterator[str]:
    yield f"Producteur : {card.producer}"
    if card.page.startswith("http"):
        yield f"Page : <{card.page}>"
    if card.licence:
        yield f"Licence : {card.licence}"
    if card.names:
        yield f"Noms de fichier reconnus : {', '.join(f'`{name}`' for name in card.names)}"
    if card.flow:
        yield f"Famille de flux : {flow_link(card.flow)}"


def source(card: SourceCard) -> str:
    national = card.universe.rule == "national"
    universe = card.universe.label or ("La France entière." if national else "Dit par le fichier.")
    page = (
        f"{title(card)}\n{VERIFIED[card.verified]}\n\n{bullets(source_facts(card))}"
        f"\n## Champ\n\n{universe}\n"
    )
    if card.universe.excludes:
        page += f"\nNe sont pas couverts :\n\n{bullets(card.universe.excludes)}"
    page += f"\n## Secret statistique\n\n{SECRECY[card.secrecy.status]} {card.secrecy.reference}\n"
    if card.columns:
        rows = ((f"`{role}`", f"`{pattern}`") for role, pattern in card.columns.items())
        page += f"\n## Colonnes lues\n\n{table(('Rôle', 'Nom attendu'), rows)}"
    return page + caveats(card)


def flow(card: FlowCard) -> str:
    sources = [s for s in CATALOG.sources.values() if s.flow == card.id]
    return (
        f"{title(card)}\n- Origine : {card.origin}\n- Destination : {card.destination}\n"
        f"- Unité : {card.unit_label}\n\n## Sources\n\n"
        + bullets(f"[{s.title}](../sources/{s.id}.md)" for s in sources)
        + caveats(card)
    )


def stock(card: StockCard) -> str:
    known = CATALOG.sources.get(card.source)
    origin = f"[{known.title}](../sources/{known.id}.md)" if known else card.source
    nature = "s’additionne d’une commune à l’autre" if card.additive else "ne s’additionne pas"
    facts = [f"Source : {origin}", f"Unité : {card.unit_label}", f"Cette quantité {nature}."]
    for id in card.divides:
        facts.append(
            f"Peut diviser les flux « {CATALOG.flows[id].title} » d’une année distante "
            f"de {card.max_year_gap} ans au plus."
        )
    return f"{title(card)}\n{bullets(facts)}{caveats(card)}"


def balance(card: BalanceCard) -> str:
    rows = [
        (group["label"], stock_link(group["supply"]), stock_link(group["need"]))
        for group in card.groups.values()
    ]
    return (
        f"{title(card)}\n- Unité : {card.unit_label}\n\n## Comment le lire\n\n{card.reading}\n\n"
        f"## Offre et besoin\n\n{table(('Groupe', 'Offre', 'Besoin'), rows)}{caveats(card)}"
    )


def nomenclature(card: NomenclatureCard) -> str:
    rows = ((f"`{code}`", label) for code, label in card.codes.items())
    facts = bullets((f"Version : {card.version}", f"Source : {card.source}"))
    return f"{title(card)}\n{facts}\n{table(('Code', 'Libellé'), rows)}"


def made_of(card: PeerVariableCard | FragilityCard) -> list[str]:
    def stocks(ids: Iterable[str]) -> str:
        return " + ".join(stock_link(id) for id in ids)

    facts = [f"Unité : {card.unit_label}", f"Numérateur : {stocks(card.numerator)}"]
    return facts + ([f"Dénominateur : {stocks(card.denominator)}"] if card.denominator else [])


def fragility(card: FragilityCard) -> str:
    side = "haute" if card.fragile_when == "high" else "basse"
    facts = [*made_of(card), f"Signe de fragilité quand la valeur est {side}."]
    return f"{title(card)}\n{card.reason}\n\n{bullets(facts)}{caveats(card)}"


def peer(card: PeerVariableCard) -> str:
    facts = made_of(card)
    facts += ["Comparée sur une échelle logarithmique."] if card.logarithm else []
    return f"{title(card)}\n{card.reason}\n\n{bullets(facts)}"


def command(name: str, found: click.Command) -> str:
    context = click.Context(found, info_name=f"maillage {name}")
    options, arguments = [], []
    for parameter in found.get_params(context):
        if isinstance(parameter, click.Option):
            record = parameter.get_help_record(context)
            options.append((f"`{record[0]}`", record[1].replace("|", "\\|")) if record else ())
        else:
            arguments.append(parameter.make_metavar(context))
    usage = " ".join(["maillage", name, *arguments, "[OPTIONS]"])
    return (
        f"# maillage {name}\n\n{cleandoc(found.help or '')}\n\n```sh\n{usage}\n```\n\n"
        f"## Options\n\n{table(('Option', 'Rôle'), filter(None, options))}\n{found.epilog or ''}\n"
    )


#: How the matrix writes the reach of a right, the widest first.
REACH = {
    "always": "Partout",
    "places": "Dans son ressort",
    "party": "S’il est partie",
    "own": "Pour le sien",
    "contract": "S’il est nommé",
    "never": "Jamais",
}
RIGHTS_INTRODUCTION = """# Qui peut quoi

Ce tableau est écrit d’après celui que lit le site : ce qu’il n’accorde pas est refusé. Chaque rôle
y figure une fois par action.

- **Dans son ressort** : sur les contrats dont le périmètre partage une commune avec le territoire
  du rôle, et sur ceux où la personne est nommée.
- **S’il est partie** : dans son ressort, et sur les contrats dont son organisme est une partie.
- **Pour le sien** : dans son ressort, et pour son propre organisme.
- **S’il est nommé** : sur les seuls contrats où la personne est nommée, ou que le lien ouvre.

Quiconque écrit a donné un second facteur.

## Les rôles

"""
PAGES_INTRODUCTION = """
## Les adresses

Chaque adresse du site, par son nom, et l’action qu’elle demande. Où plusieurs sont dites, ce que
nomme l’adresse choisit : une étape, une ligne. Une adresse absente de ce tableau fait échouer un
essai, qui les demande toutes sous chaque rôle.

"""


def rights() -> str:
    """Every action, every role once under its reach, every address: no cell is left out."""
    roles = ((role.label, role.meaning) for role in ROLES.values())
    page = RIGHTS_INTRODUCTION + table(("Rôle", "Sens"), roles) + "\n## Les actions\n\n"
    for right in RIGHTS.values():
        reach: dict[str, list[str]] = {word: [] for word in REACH}
        for role in ROLES.values():
            reach[scope(role.id, right.id)].append(role.label)
        facts = [f"identifiant `{right.id}`"]
        facts += ["demande un second facteur"] if right.writes else []
        facts += ["contrats publiés seulement"] if right.only == "published" else []
        lines = (f"{REACH[word]} : {', '.join(who)}" for word, who in reach.items() if who)
        page += f"### {right.label}\n\n{', '.join(facts)[:1].upper()}{', '.join(facts)[1:]}.\n\n"
        page += f"{bullets(lines)}\n"
    rows = [
        (f"`{name}`", ", ".join(WORDS.get(ask) or RIGHTS[ask].label for ask in asks))
        for name, asks in sorted(PAGES.items())
    ]
    return f"{page}{PAGES_INTRODUCTION}{table(('Adresse', 'Ce qu’elle demande'), rows)}"


def glossary(path: Path) -> str:
    terms = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = sorted((entry["label"], f"`{term}`", entry["meaning"]) for term, entry in terms.items())
    purpose = "Un mot pour une chose : celui que lit l’usager, celui qu’emploie le code."
    return f"# Glossaire\n\n{purpose}\n\n{table(('Mot', 'Dans le code', 'Sens'), rows)}"


#: Folder -> title of its section, cards, how a card is written, how cards are grouped in the list.
SECTIONS: dict[str, tuple[str, Mapping[str, Any], Callable[[Any], str], Callable[[Any], str]]] = {
    "indicateurs": ("Indicateurs", CATALOG.indicators, indicator, lambda c: FAMILIES[c.family]),
    "flux": ("Familles de flux", CATALOG.flows, flow, lambda c: ""),
    "sources": ("Sources", CATALOG.sources, source, lambda c: KINDS[c.kind]),
    "stocks": ("Stocks", CATALOG.stocks, stock, lambda c: THEMES.get(c.theme, c.theme)),
    "themes": ("Offre et besoin", CATALOG.balances, balance, lambda c: ""),
    "nomenclatures": ("Nomenclatures", CATALOG.nomenclatures, nomenclature, lambda c: ""),
    "semblables": ("Territoires semblables", CATALOG.peers, peer, lambda c: ""),
    "fragilites": ("Fragilités", CATALOG.fragility, fragility, lambda c: ""),
}


def listing(heading: str, cards: Mapping[str, Any], group: Callable[[Any], str]) -> str:
    """Groups in the order their labels are declared, cards in theirs or by title."""
    labels = [*FAMILIES.values(), *KINDS.values(), *THEMES.values()]

    def place(card: Any) -> tuple[int, int, str]:
        known = labels.index(group(card)) if group(card) in labels else len(labels)
        return known, getattr(card, "order", 0), normalize("NFD", card.title).lower()

    page, last = f"# {heading}\n", None
    for card in sorted(cards.values(), key=place):
        if group(card) != last:
            last = group(card)
            page += f"\n## {last}\n\n" if last else "\n"
        page += f"- [{card.title}]({card.id}.md)\n"
    return page


def pages(docs: Path) -> Iterator[tuple[str, str]]:
    """Address and Markdown of every page made here."""
    speak_french()
    for folder, (heading, cards, write, group) in SECTIONS.items():
        yield f"{folder}/index.md", listing(heading, cards, group)
        yield from ((f"{folder}/{card.id}.md", write(card)) for card in cards.values())
    commands = main.commands.items()
    schemas = bullets(f"[{name}]({name}.schema.json)" for name in PUBLISHED)
    links = bullets(f"[maillage {name}]({name}.md) : {c.short_help}" for name, c in commands)
    yield (
        "commandes/index.md",
        f"# Commandes\n\n{cleandoc(main.help or '')}\n\n{links}\n{main.epilog}\n\n"
        f"## Schémas JSON\n\nLa forme de ces réponses est une promesse :\n\n{schemas}",
    )
    yield from ((f"commandes/{name}.md", command(name, found)) for name, found in commands)
    for question in PUBLISHED:
        schema = json.dumps(published_schema(question), ensure_ascii=False, indent=2)
        yield f"commandes/{question}.schema.json", schema
    yield "droits.md", rights()
    yield "glossaire.md", glossary(docs / "glossary.toml")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts the generated sections in the menu, under the name mkdocs.yml gives them."""
    made = [address for address, _ in pages(Path(config.docs_dir)) if address.endswith(".md")]

    def fill(entry: Any) -> Any:
        if isinstance(entry, dict):
            return {name: fill(value) for name, value in entry.items()}
        if isinstance(entry, list):
            return [fill(value) for value in entry]
        return (
            [a for a in made if a.startswith(entry) and a.endswith(".md")]
            if entry.endswith("/")
            else entry
        )

    config.nav = fill(config.nav)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the generated pages, and the sign and font that the site itself serves."""
    for address, content in pages(Path(config.docs_dir)):
        files.append(File.generated(config, address, content=content))
    static = Path(config.docs_dir).parent / "src/maillage/web/static/web"
    icon = (static / "icon.svg").read_text(encoding="utf-8")
    white = icon.replace('color="#083a3e"', 'color="#ffffff"')
    files.append(File.generated(config, "assets/icon.svg", content=icon))
    files.append(File.generated(config, "assets/icon-light.svg", content=white))
    font = str(static / "fonts/figtree.woff2")
    files.append(File.generated(config, "assets/figtree.woff2", abs_src_path=font))
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Sets the text, and only it, with the no-break spaces French wants."""
    pieces = NOT_TEXT.split(html)
    return "".join(piece if piece.startswith("<") else typeset(piece) for piece in pieces)
