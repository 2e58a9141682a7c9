"""Addresses of operations, maquettes and funders."""

from django.urls import path

from maillage.web.views.operations import (
    attached,
    funders,
    funding,
    intake,
    maquettes,
    operation,
    papers,
    portfolio,
    printed,
    proposals,
    tasks,
    workbooks,
)

ALL = "contrats/<slug:slug>/operations/"
ONE = f"{ALL}<int:id>/"
LINE = f"{ONE}financement/<int:line_id>/"
MAQUETTE = "contrats/<slug:slug>/maquette/"

urlpatterns = [
    path(ALL, portfolio.table, name="operations"),
    path(f"{ALL}tableau/", portfolio.board, name="operations-board"),
    path(f"{ALL}carte/", portfolio.chart, name="operations-map"),
    path(f"{ALL}calendrier/", portfolio.calendar, name="operations-calendar"),
    path(f"{ALL}modifier/", portfolio.bulk, name="operations-bulk"),
    path(f"{ALL}filtres/", portfolio.keep, name="operations-keep"),
    path(f"{ALL}filtres/<int:view_id>/oublier/", portfolio.forget, name="operations-forget"),
    path(f"{ALL}nouvelle/", operation.create, name="operations-create"),
    path(f"{ALL}propositions/", proposals.received, name="operations-proposals"),
    path(f"{ALL}propositions/<int:id>/", proposals.handle, name="operations-proposal"),
    path(f"{ALL}propositions/liens/<int:id>/retirer/", proposals.revoke, name="operations-revoke"),
    path(f"{ALL}portefeuille.<str:ext>", workbooks.portfolio, name="operations-workbook"),
    path(f"{ALL}annexes.zip", papers.annexes, name="operations-annexes"),
    path(f"{ALL}copil.<str:ext>", papers.committee, name="operations-committee"),
    path(f"{ALL}retour-etat.<str:ext>", papers.state_return, name="operations-return"),
    path(f"{ALL}modele.<str:ext>", workbooks.template, name="operations-template"),
    path(f"{ALL}importer/", intake.start, name="operations-intake-start"),
    path(f"{ALL}importer/exemple.xlsx", intake.sample, name="operations-intake-sample"),
    path(f"{ALL}importer/<int:id>/colonnes/", intake.columns, name="operations-intake-columns"),
    path(f"{ALL}importer/<int:id>/", intake.rows, name="operations-intake"),
    path(f"{ALL}importer/<int:id>/entrer/", intake.enter, name="operations-intake-enter"),
    path(f"{ALL}importer/<int:id>/ligne/", intake.row, name="operations-intake-row"),
    path(f"{ALL}importer/<int:id>/organisme/", intake.owner, name="operations-intake-owner"),
    path(ONE, operation.page, name="operations-operation"),
    path(f"{ONE}fiche.<str:ext>", papers.operation, name="operations-paper"),
    path(f"{ONE}modifier/", operation.edit, name="operations-edit"),
    path(f"{ONE}cooperation.pdf", printed.cooperation_note, name="operations-cooperation"),
    path(f"{ONE}prete/", operation.ready, name="operations-ready"),
    path(f"{ONE}a-retravailler/", operation.unready, name="operations-unready"),
    path(f"{ONE}commenter/", attached.comment, name="operations-comment"),
    path(f"{ONE}pieces/", attached.add_file, name="operations-file-add"),
    path(f"{ONE}pieces/<int:file_id>/", attached.file, name="operations-file"),
    path(
        f"{ONE}pieces/<int:file_id>/retirer/", attached.remove_file, name="operations-file-remove"
    ),
    path(f"{ONE}indicateurs/", attached.add_indicator, name="operations-indicator-add"),
    path(
        f"{ONE}indicateurs/<int:link_id>/retirer/",
        attached.remove_indicator,
        name="operations-indicator-remove",
    ),
    path(f"{ONE}grille/", attached.grid, name="operations-grid"),
    path(f"{ONE}derogations/", attached.derogate, name="operations-derogate"),
    path(f"{ONE}financement/ajouter/<slug:kind>/", funding.add, name="operations-line-add"),
    path(LINE, funding.edit, name="operations-line"),
    path(f"{LINE}envoyer/", funding.send, name="operations-line-send"),
    path(f"{LINE}programmer/", funding.programme, name="operations-line-programme"),
    path(f"{LINE}retirer/", funding.remove, name="operations-line-remove"),
    path(f"{LINE}versements/", funding.pay, name="operations-line-pay"),
    path(f"{LINE}annees/", funding.spread, name="operations-line-spread"),
    path(MAQUETTE, maquettes.current, name="maquettes"),
    path(f"{MAQUETTE}arreter/", maquettes.freeze, name="maquettes-freeze"),
    path(f"{MAQUETTE}comparer/", maquettes.comparison, name="maquettes-comparison"),
    path(f"{MAQUETTE}<int:year>/<int:rank>/", maquettes.frozen, name="maquettes-frozen"),
    path(
        f"{MAQUETTE}<int:year>/<int:rank>/maquette.json",
        maquettes.download,
        name="maquettes-download",
    ),
    path("financements/", tasks.sources, name="operations-sources"),
    path(f"{MAQUETTE}maquette.<str:ext>", workbooks.maquette_now, name="maquettes-file"),
    path(
        f"{MAQUETTE}<int:year>/<int:rank>/maquette.<str:ext>",
        workbooks.maquette_kept,
        name="maquettes-kept-file",
    ),
    path(
        f"{MAQUETTE}<int:year>/<int:rank>/annexes.zip",
        papers.annexes_kept,
        name="maquettes-annexes",
    ),
    path("proposer/<str:token>/", proposals.propose, name="propose"),
    path("financeur/", funders.funder, name="funder"),
    path("financeur/<int:line_id>/", funders.answer, name="funder-answer"),
    path("a-faire/", tasks.mine, name="tasks"),
    path("a-faire/calendrier/", tasks.new_feed, name="tasks-feed"),
    path("a-faire/calendrier/<str:token>.ics", tasks.feed, name="tasks-ics"),
]
