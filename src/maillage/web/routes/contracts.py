"""Addresses of contracts."""

from django.urls import path

from maillage.web.views.contracts import (
    access,
    avenants,
    editing,
    history,
    listing,
    minutes,
    page,
    papers,
    parties,
    programmes,
    public,
    respond,
    strategy,
    texts,
)

ONE = "contrats/<slug:slug>/"

urlpatterns = [
    path("contrats/", listing.listing, name="contracts"),
    path("repondre/", respond.respond, name="contracts-respond"),
    path("contrats/nouveau/", editing.create, name="contracts-create"),
    path("contrats/importer/", editing.import_list, name="contracts-import"),
    path(ONE, page.contract, name="contracts-contract"),
    path(f"{ONE}public/", public.lines, name="contracts-public"),
    path(f"{ONE}modifier/", editing.edit, name="contracts-edit"),
    path(f"{ONE}perimetre/", editing.perimeter, name="contracts-perimeter"),
    path(f"{ONE}publier/", editing.publication, name="contracts-publish"),
    path(f"{ONE}etape/<slug:step>/", editing.step, name="contracts-step"),
    path(f"{ONE}decisions/ajouter/", editing.decision, name="contracts-decision"),
    path(f"{ONE}decisions/<int:id>/", minutes.minutes, name="contracts-minutes"),
    path(f"{ONE}decisions/<int:id>/joindre/", minutes.add_minutes, name="contracts-minutes-add"),
    path(f"{ONE}programmes/ajouter/", programmes.add, name="contracts-programme"),
    path(f"{ONE}programmes/<int:id>/integrer/", programmes.integrate, name="contracts-integrate"),
    path(f"{ONE}programmes/<int:id>/retirer/", programmes.forget, name="contracts-forget"),
    path(f"{ONE}parties/ajouter/", parties.add, name="contracts-party-add"),
    path(f"{ONE}parties/<int:id>/", parties.edit, name="contracts-party"),
    path(f"{ONE}parties/<int:id>/retirer/", parties.remove, name="contracts-party-remove"),
    path(f"{ONE}parties/<int:id>/signer/<str:text>/", parties.sign, name="contracts-sign"),
    path(f"{ONE}signatures/<int:id>/", parties.scan, name="contracts-scan"),
    path(f"{ONE}signatures/<int:id>/joindre/", minutes.add_signed_copy, name="contracts-scan-add"),
    path(f"{ONE}strategie/ajouter/", strategy.add, name="contracts-strategy-add"),
    path(f"{ONE}strategie/<int:id>/", strategy.edit, name="contracts-strategy"),
    path(f"{ONE}strategie/<int:id>/retirer/", strategy.remove, name="contracts-strategy-remove"),
    path(f"{ONE}texte/arreter/", texts.freeze, name="contracts-freeze"),
    path(f"{ONE}texte/reprendre/", texts.adopt, name="contracts-adopt"),
    path(f"{ONE}versions/<int:id>/", texts.version, name="contracts-version"),
    path(f"{ONE}versions/<int:id>/rouvrir/", texts.withdraw, name="contracts-withdraw"),
    path(f"{ONE}contrat.<str:ext>", papers.text, name="contracts-paper"),
    path(f"{ONE}strategie.<str:ext>", papers.strategy, name="contracts-strategy-paper"),
    path(
        f"{ONE}versions/<int:id>/contrat.<str:ext>", papers.version, name="contracts-version-paper"
    ),
    path(
        f"{ONE}avenants/<int:number>/avenant.<str:ext>",
        papers.avenant,
        name="contracts-avenant-paper",
    ),
    path(f"{ONE}ecarts/", texts.drifts, name="contracts-drift"),
    path(f"{ONE}avenants/ouvrir/", avenants.add, name="contracts-avenant-open"),
    path(f"{ONE}avenants/<int:number>/", avenants.avenant, name="contracts-avenant"),
    path(f"{ONE}avenants/<int:number>/<slug:act>/", avenants.act, name="contracts-avenant-act"),
    path(f"{ONE}journal/", history.journal, name="contracts-journal"),
    path(f"{ONE}acces/", access.access, name="contracts-access"),
    path(f"{ONE}acces/inviter/", access.add, name="contracts-invite"),
    path(
        f"{ONE}acces/invitations/<int:id>/retirer/",
        access.withdraw,
        name="contracts-invite-withdraw",
    ),
    path(f"{ONE}acces/<int:id>/fermer/", access.close, name="contracts-access-close"),
    path(f"{ONE}acces/liens/", access.link, name="contracts-link"),
    path(f"{ONE}acces/liens/<int:id>/retirer/", access.revoke, name="contracts-link-revoke"),
]
