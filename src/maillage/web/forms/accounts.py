"""Forms of the doors and of one’s own account."""

from typing import Any

from django import forms

from maillage.accounts.reminding import FREQUENCIES
from maillage.web.forms.plain import PlainForm, choice, text


def secret(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(
        label=label, strip=False, widget=widget, max_length=200, help_text=help_text
    )


class SignInForm(PlainForm):
    """Address and password."""

    email = forms.EmailField(
        label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = secret("Mot de passe", "current-password")


class RemindersForm(PlainForm):
    """How often."""

    frequency = choice(
        "Rappels de ce qui vous attend", FREQUENCIES,
        help_text="Les alertes de caducité suivent ce choix : à « Jamais », aucune ne part plus "
        "par courriel et elles ne se lisent que dans « Ce qui m’attend ».",
    )  # fmt: skip


class CodeForm(PlainForm):
    """The code of the moment, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
        help_text="Les six chiffres affichés par votre application, ou un code de secours.",
    )


class NewPasswordForm(PlainForm):
    """Twice, so that it is the one meant."""

    password = secret(
        "Nouveau mot de passe", "new-password", "Une phrase d’au moins douze signes convient bien."
    )
    again = secret("Le même, une seconde fois", "new-password")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("password") != found.get("again"):
            self.add_error("again", "Les deux mots de passe diffèrent.")
        return found


class AcceptForm(NewPasswordForm):
    """The name one is known by, and a password."""

    field_order = ("name", "password", "again")
    name = text("Votre nom", most=200)


class ChangePasswordForm(NewPasswordForm):
    """The present password, then the new one."""

    field_order = ("old", "password", "again")
    old = secret("Mot de passe actuel", "current-password")


class ForgottenForm(PlainForm):
    """Where to send the letter."""

    email = forms.EmailField(
        label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class DeleteForm(PlainForm):
    """The password, so that nobody deletes another’s account."""

    password = secret("Votre mot de passe", "current-password")
