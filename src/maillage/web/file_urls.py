"""Addresses of files: that of a page, then « telecharger » and the word of a format."""

from django.urls import path, register_converter

from maillage.web.identifiers import FormatConverter
from maillage.web.views import downloads

register_converter(FormatConverter, "format")

urlpatterns = [
    path(f"territoires/<territory:id>/{page}telecharger.<format:format>", view, name=name)
    for page, view, name in (
        ("", downloads.portrait_file, "portrait-file"),
        ("flux/<slug:family>/", downloads.flow_file, "flow-file"),
        ("cooperer/", downloads.cooperation_file, "cooperation-file"),
        ("bilans/", downloads.supply_need_file, "supply-need-file"),
        ("semblables/", downloads.peers_file, "peers-file"),
    )
]
