"""Every address of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("maillage.web.urls")),
    path("", include("maillage.api.urls")),
]

handler400 = "maillage.web.views.errors.bad_request"
handler404 = "maillage.web.views.errors.not_found"
handler500 = "maillage.web.views.errors.server_error"
