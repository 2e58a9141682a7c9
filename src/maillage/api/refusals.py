"""What is wrong with a request, in French, parameter by parameter."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from maillage.common.errors import MaillageError, NotFoundError
from maillage.web.problems import problem, problem_of

#: By the name pydantic gives to a fault; its context fills the braces.
FAULTS = {
    "missing": "il manque.",
    "int_parsing": "un nombre entier est attendu.",
    "int_type": "un nombre entier est attendu.",
    "float_parsing": "un nombre est attendu, avec un point décimal.",
    "finite_number": "un nombre fini est attendu.",
    "greater_than": "un nombre plus grand que {gt} est attendu.",
    "greater_than_equal": "un nombre d’au moins {ge} est attendu.",
    "less_than_equal": "un nombre d’au plus {le} est attendu.",
    "string_too_long": "le texte dépasse {max_length} caractères.",
    "string_type": "un texte est attendu.",
    "list_type": "une liste est attendue.",
    "too_long": "la liste dépasse {max_length} valeurs.",
    "too_short": "la liste est vide.",
    "extra_forbidden": "cette clé n’existe pas ici.",
    "dict_type": "un objet JSON est attendu.",
    "model_attributes_type": "un objet JSON est attendu.",
    "model_type": "un objet JSON est attendu.",
}
OTHER = "cette valeur n’est pas acceptée."


def of_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"parameter": _where(fault), "detail": _said(fault)} for fault in error.errors[:20]]
    said = " ; ".join(f"« {fault['parameter']} » : {fault['detail']}" for fault in faults[:3])
    return problem(request, 400, said, errors=faults)


def of_answer(request: HttpRequest, error: MaillageError) -> HttpResponse:
    return problem_of(request, 404 if isinstance(error, NotFoundError) else 400, error)


def of_body(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The only one that ninja raises for us: a body that is no JSON."""
    return problem(
        request,
        400,
        "le corps de la demande n’est pas du JSON.",
        remedy=f"envoyez un objet, par exemple {json.dumps({'codes': ['44109', '44162']})}.",
    )


def of_size(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(request, 413, "le corps de la demande dépasse 2,5 Mo.")


def _where(fault: dict[str, Any]) -> str:
    """The last name of the path to the fault, as the caller wrote it."""
    names = [str(part)[:40] for part in fault.get("loc", ()) if isinstance(part, str)]
    return names[-1] if names else ""


def _said(fault: dict[str, Any]) -> str:
    return FAULTS.get(str(fault.get("type")), OTHER).format(**fault.get("ctx", {}))


BY_FAULT: Mapping[type[Exception], Any] = {
    ValidationError: of_parameters,
    MaillageError: of_answer,
    HttpError: of_body,
    RequestDataTooBig: of_size,
}
