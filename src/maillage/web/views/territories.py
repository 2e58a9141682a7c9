"""The list of territories, and the portrait of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.observatory.directory import directory


def listing(request: HttpRequest) -> HttpResponse:
    return render(request, "web/territories/listing.html", {"groups": directory(request.edition)})


def portrait(request: HttpRequest, id: str) -> HttpResponse:
    return render(request, "web/territories/portrait.html", {})
