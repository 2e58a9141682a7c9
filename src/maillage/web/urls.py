"""Addresses of the pages. French, and stable: people keep them and cite them."""

from django.urls import include, path, register_converter

from maillage.web.identifiers import CardConverter, TerritoryConverter
from maillage.web.views.balances import balance_theme, balances
from maillage.web.views.compare import comparison
from maillage.web.views.contract_credits import contract_credits
from maillage.web.views.cooperation import cooperate, pair_page
from maillage.web.views.credits import credits
from maillage.web.views.documents import (
    pair_dossier,
    pair_slides,
    printed_portrait,
    slides_portrait,
)
from maillage.web.views.flows import embed, flow_page, flows, further
from maillage.web.views.grants import grants
from maillage.web.views.home import home, mentions
from maillage.web.views.method import indicator, indicators
from maillage.web.views.moderation import decide, moderation
from maillage.web.views.perimeter import fragment, perimeter
from maillage.web.views.perimeter_lists import listed, meshed
from maillage.web.views.perimeter_map import contours
from maillage.web.views.remarks import new, remarks, thanks
from maillage.web.views.search import results, suggestions
from maillage.web.views.sources import report, source, sources
from maillage.web.views.territories import listing, portrait

register_converter(TerritoryConverter, "territory")
register_converter(CardConverter, "card")

urlpatterns = [
    path("", include("maillage.web.file_urls")),
    path("", home, name="home"),
    path("", include("maillage.web.routes.accounts")),
    path("", include("maillage.web.routes.contracts")),
    path("", include("maillage.web.routes.operations")),
    path("", include("maillage.web.routes.governance")),
    path("mentions/", mentions, name="mentions"),
    path("recherche/", results, name="search"),
    path("recherche/suggestions/", suggestions, name="search-suggestions"),
    path("territoires/", listing, name="territories"),
    path("territoires/<territory:id>/", portrait, name="territories-portrait"),
    path("territoires/<territory:id>/flux/", flows, name="territories-flows"),
    path("territoires/<territory:id>/flux/<slug:family>/", flow_page, name="territories-flow"),
    path(
        "territoires/<territory:id>/flux/<slug:family>/approfondir/",
        further,
        name="territories-flow-further",
    ),
    path("integrer/territoires/<territory:id>/flux/<slug:family>/", embed, name="embed-flow"),
    path("territoires/<territory:id>/dotations/", grants, name="territories-grants"),
    path("perimetre/", perimeter, name="perimeter"),
    path("perimetre/etat/", fragment, name="perimeter-state"),
    path("perimetre/contours/", contours, name="perimeter-contours"),
    path("perimetre/liste/", listed, name="perimeter-list"),
    path("perimetre/maille/", meshed, name="perimeter-mesh"),
    path("territoires/<territory:id>/cooperer/", cooperate, name="territories-cooperate"),
    path(
        "territoires/<territory:id>/cooperer/<territory:other>/", pair_page, name="territories-pair"
    ),
    path(
        "territoires/<territory:id>/cooperer/<territory:other>/dossier.pdf",
        pair_dossier,
        name="territories-pair-dossier",
    ),
    path(
        "territoires/<territory:id>/cooperer/<territory:other>/dossier.pptx",
        pair_slides,
        name="territories-pair-slides",
    ),
    path(
        "territoires/<territory:id>/portrait.pdf", printed_portrait, name="territories-portrait-pdf"
    ),
    path(
        "territoires/<territory:id>/portrait.pptx",
        slides_portrait,
        name="territories-portrait-slides",
    ),
    path("territoires/<territory:id>/bilans/", balances, name="territories-balances"),
    path(
        "territoires/<territory:id>/bilans/<slug:theme>/",
        balance_theme,
        name="territories-balance-theme",
    ),
    path("comparer/", comparison, name="compare"),
    path("repartition-des-credits/", credits, name="credits"),
    path("repartition-des-credits/contrats/", contract_credits, name="credits-contracts"),
    path("remarques/", remarks, name="remarks"),
    path("remarques/nouvelle/", new, name="remarks-new"),
    path("remarques/merci/", thanks, name="remarks-thanks"),
    path("remarques/moderation/", moderation, name="remarks-moderation"),
    path("remarques/<int:number>/decision/", decide, name="remarks-decide"),
    path("methode/", indicators, name="method"),
    path("methode/<card:id>/", indicator, name="method-indicator"),
    path("sources/", sources, name="sources"),
    path("sources/compte-rendu/", report, name="sources-report"),
    path("sources/<card:id>/", source, name="sources-source"),
]
