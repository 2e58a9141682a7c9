"""``maillage fetch``: official files into a mirror folder, from producers or another folder."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from maillage.catalog.cards import SourceCard
from maillage.catalog.load import load_catalog
from maillage.cli import options
from maillage.cli.group import ExitCode, Refusal
from maillage.cli.progress import downloads
from maillage.cli.tables import lines
from maillage.common.errors import NotFoundError
from maillage.common.french import counted
from maillage.sources.download import Limits
from maillage.sources.fetch import FetchResult, copy_mirror
from maillage.sources.fetch import fetch as fetch_cards


@click.command(options_metavar="[OPTIONS]", short_help="Rapporte les fichiers officiels.")
@click.argument("wanted", nargs=-1, metavar="[FICHE]…")
@click.option(
    "--into",
    type=options.Folder(),
    default=Path("var/mirror"),
    show_default=True,
    help="Dossier où ranger les fichiers.",
)
@click.option(
    "--mirror",
    type=options.Folder(exists=True),
    help="Copie les fichiers de ce dossier (clé, partage) au lieu de les télécharger.",
)
@click.option(
    "--year", "years", type=int, multiple=True, metavar="ANNÉE", help="Millésime voulu ; répétable."
)
@click.option(
    "--max-size",
    type=click.IntRange(1),
    default=8,
    show_default=True,
    metavar="GO",
    help="Taille au-delà de laquelle un fichier est refusé, en gigaoctets.",
)
@click.option("--again", is_flag=True, help="Reprend même les fichiers déjà là et intacts.")
@options.cards
@options.quiet
def fetch(
    wanted: tuple[str, ...],
    into: Path,
    mirror: Path | None,
    years: tuple[int, ...],
    max_size: int,
    again: bool,
    cards: Path | None,
    quiet: bool,
) -> None:
    """Rapporte les fichiers que décrivent les FICHES de source ; sans fiche, toutes.

    Un téléchargement interrompu reprend où il s’était arrêté. Un fichier qui n’a pas d’adresse
    directe est annoncé avec la page d’où le prendre à la main.
    """
    if wanted and mirror:
        raise click.UsageError("--mirror copie le dossier entier : n’ajoutez pas de fiche.")
    date = datetime.now(UTC).date().isoformat()
    limits = Limits(max_bytes=max_size << 30)
    with downloads(quiet=quiet) as progress:
        if mirror:
            result = copy_mirror(
                mirror, into, date=date, limits=limits, progress=progress, again=again
            )
        else:
            result = fetch_cards(
                _chosen(wanted, cards),
                into,
                date=date,
                years=years,
                limits=limits,
                progress=progress,
                again=again,
            )
    lines(_told(result, into))
    if result.failures:
        missing = counted(len(result.failures), "fichier manque", "fichiers manquent")
        raise Refusal(f"{missing} : les raisons sont données ci-dessus.", ExitCode.REFUSED)


def _chosen(wanted: Iterable[str], cards: Path | None) -> list[SourceCard]:
    sources = load_catalog(cards).sources
    unknown = [name for name in wanted if name not in sources]
    if unknown:
        raise NotFoundError(
            f"aucune fiche de source ne s’appelle « {unknown[0]} ». "
            f"Fiches connues : {', '.join(sorted(sources))}."
        )
    return [sources[name] for name in wanted or sources]


def _told(result: FetchResult, into: Path) -> Iterator[str]:
    yield (
        f"{counted(len(result.brought), 'fichier rapporté', 'fichiers rapportés')} dans {into}, "
        f"{counted(len(result.kept), 'déjà là', 'déjà là')}."
    )
    yield from (f"À prendre à la main : {page}" for page in result.by_hand)
    yield from (f"Manque « {file} » : {reason}" for file, reason in result.failures.items())
