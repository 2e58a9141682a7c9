"""Addresses of the doors and of one’s own account."""

from django.urls import path

from maillage.web.views.accounts import account, doors, opening, reminders, signing

urlpatterns = [
    path("connexion/", signing.sign_in, name="sign-in"),
    path("connexion/code/", signing.sign_in_code, name="sign-in-code"),
    path("deconnexion/", signing.sign_out, name="sign-out"),
    path("invitation/<str:token>/", doors.invitation, name="invitation"),
    path("mot-de-passe/", doors.forgotten, name="password-forgotten"),
    path("mot-de-passe/<str:key>/<str:token>/", doors.reset, name="password-reset"),
    path("lien/<str:token>/", doors.link, name="read-link"),
    path("compte/", account.account, name="account"),
    path("compte/mot-de-passe/", account.password, name="account-password"),
    path("compte/second-facteur/", account.factor, name="account-factor"),
    path("compte/codes-de-secours/", account.new_codes, name="account-codes"),
    path("compte/sessions/fermer/", account.close_session, name="account-close-session"),
    path("compte/donnees/", account.export, name="account-export"),
    path("compte/ouvrir-un-acces/", opening.opening, name="account-opening"),
    path(
        "compte/ouvrir-un-acces/<int:id>/retirer/",
        opening.withdraw,
        name="account-opening-withdraw",
    ),
    path("compte/rappels/", reminders.mine, name="account-reminders"),
    path("rappels/<str:token>/", reminders.unsigned, name="reminders"),
    path("compte/supprimer/", account.delete, name="account-delete"),
]
