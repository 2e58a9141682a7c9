"""Addresses of files: that of a page, then « telecharger » and the word of a format."""

from django.urls import path, register_converter

from maillage.web.identifiers import FormatConverter
from maillage.web.views import downloads, drawn_files
from maillage.web.views.batches import batch_file, batch_page
from maillage.web.views.card_files import method_file, sources_file
from maillage.web.views.contract_credits import contract_credits_file
from maillage.web.views.credits import credits_file
from maillage.web.views.vintages import vintage_bundle, vintage_file, vintage_page

register_converter(FormatConverter, "format")

urlpatterns = [
    path(f"territoires/<territory:id>/{page}telecharger.<format:format>", view, name=name)
    for page, view, name in (
        ("", downloads.portrait_file, "portrait-file"),
        ("flux/<slug:family>/", downloads.flow_file, "flow-file"),
        ("cooperer/", drawn_files.cooperation_file, "cooperation-file"),
        ("bilans/", drawn_files.supply_need_file, "supply-need-file"),
        ("dotations/", downloads.grants_file, "grants-file"),
        ("semblables/", downloads.peers_file, "peers-file"),
    )
]
urlpatterns += [
    path(
        "territoires/<territory:id>/cooperer/<territory:other>/telecharger.<format:format>",
        drawn_files.pair_file,
        name="pair-file",
    ),
    path(
        "comparer/telecharger.<format:format>",
        drawn_files.comparison_file,
        name="comparison-file",
    ),
    path(
        "repartition-des-credits/contrats/telecharger.<format:format>",
        contract_credits_file,
        name="credits-contracts-file",
    ),
    path("repartition-des-credits/telecharger.<format:format>", credits_file, name="credits-file"),
    path("methode/telecharger.<format:format>", method_file, name="method-file"),
    path("sources/telecharger.<format:format>", sources_file, name="sources-file"),
    path("telecharger/", batch_page, name="batch"),
    path("telecharger/fichier/", batch_file, name="batch-file"),
    path("sources/millesime/", vintage_page, name="sources-vintage"),
    path("sources/millesime/<slug:id>.zip", vintage_bundle, name="sources-vintage-zip"),
    path("sources/millesime/<path:name>", vintage_file, name="sources-vintage-file"),
]
