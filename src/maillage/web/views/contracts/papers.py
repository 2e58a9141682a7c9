"""Papers of a contract: its text in force or as drafted, a version, an avenant, the strategy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from maillage.common.errors import NotFoundError
from maillage.common.french import long_date
from maillage.contracts.actions.avenants import differences
from maillage.contracts.diff import FREE, diff
from maillage.contracts.models import Avenant, Contract, ContractVersion, Signature
from maillage.contracts.reading import version_in_force
from maillage.contracts.snapshot import build_snapshot
from maillage.documents.formats import Format
from maillage.documents.papers.contract import avenant_paper, contract_paper
from maillage.documents.papers.formats import PAPER_FORMATS, written_paper
from maillage.documents.papers.method import method_paper
from maillage.documents.papers.strategy import strategy_paper
from maillage.documents.tables.names import stem
from maillage.operations.inscribed import inscribed
from maillage.web.files import file_response
from maillage.web.papers import folder
from maillage.web.viewers import now
from maillage.web.views.contracts.acts import contract_for


def text(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """The text in force; before there is one, the draft, that says so."""
    format = _format(ext)
    contract, _ = contract_for(request, slug, "contract.read")
    return _contract(request, contract, version_in_force(contract), format)


def version(request: HttpRequest, slug: str, id: int, ext: str) -> HttpResponse:
    """A text as it was frozen, whatever is in force now."""
    format = _format(ext)
    contract, _ = contract_for(request, slug, "contract.read")
    found = get_object_or_404(ContractVersion, pk=id, contract=contract)
    return _contract(request, contract, found, format)


def _contract(
    request: HttpRequest, contract: Contract, held: ContractVersion | None, format: Format
) -> HttpResponse:
    snapshot = held.snapshot if held else build_snapshot(contract, inscribed(contract))
    signed = held.signatures.select_related("party__organisation") if held else ()
    paper = contract_paper(snapshot, held, signed, fictional=request.edition.fictional)
    name = stem(f"contrat-{contract.slug}-{f'v{held.number}' if held else 'projet'}")
    return file_response(written_paper("contract", paper, format, folder()), name, format)


def avenant(request: HttpRequest, slug: str, number: int, ext: str) -> HttpResponse:
    """What it changes, as frozen; before, as it is prepared."""
    format = _format(ext)
    contract, _ = contract_for(request, slug, "contract.read")
    rows = Avenant.objects.select_related("contract", "base", "version")
    found = get_object_or_404(rows, contract=contract, number=number)
    if found.version is not None:
        after, changes = found.version.snapshot, diff(found.base.snapshot, found.version.snapshot)
    else:
        operations = inscribed(contract)
        after = build_snapshot(contract, operations, proposed=True)
        left = set(found.left_out)
        told = differences(found, operations)
        changes = [c for c in told if c.section not in FREE or c.key not in left]
    paper = avenant_paper(found, after, changes, fictional=request.edition.fictional)
    name = stem(f"avenant-{number}-{contract.slug}")
    return file_response(written_paper("avenant", paper, format, folder()), name, format)


def strategy(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """The tree as it lives, and the operations under it."""
    format = _format(ext)
    contract, _ = contract_for(request, slug, "contract.read")
    snapshot = build_snapshot(contract, inscribed(contract))
    moment = f"au {long_date(now().date())}"
    paper = strategy_paper(snapshot, moment, fictional=request.edition.fictional)
    name = stem(f"strategie-{contract.slug}")
    return file_response(written_paper("strategy", paper, format, folder()), name, format)


def method(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """The method accord, with the operations that may begin before the signature."""
    format = _format(ext)
    contract, _ = contract_for(request, slug, "contract.read")
    alive = contract.operations.filter(early=True).exclude(status="dropped")
    signed = Signature.objects.filter(party__contract=contract, version=None)
    paper = method_paper(
        contract,
        alive.prefetch_related("pilots__organisation"),
        signed.select_related("party__organisation"),
        fictional=request.edition.fictional,
    )
    name = stem(f"accord-de-methode-{contract.slug}")
    return file_response(written_paper("method", paper, format, folder()), name, format)


def _format(ext: str) -> Format:
    if ext not in PAPER_FORMATS:
        raise NotFoundError("ce format n’existe pas.")
    return PAPER_FORMATS[ext]
