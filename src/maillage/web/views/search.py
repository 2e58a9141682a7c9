"""Search by name, code or SIREN: a page for the form, JSON for what one is typing."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def results(request: HttpRequest) -> HttpResponse:
    return render(request, "web/search.html", {})


def suggestions(request: HttpRequest) -> HttpResponse:
    return JsonResponse({})
