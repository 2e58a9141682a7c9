"""Forms of proposed fiches, and of the links that bring them."""

from django import forms

from maillage.web.forms.amounts import AmountField
from maillage.web.forms.plain import PlainForm, day, prose, text


class ProposalForm(PlainForm):
    """What a commune writes, without an account."""

    title = text("Intitulé du projet")
    description = prose("De quoi s’agit-il ?")
    owner = text("Votre commune ou organisme", most=200)
    commune = forms.CharField(label="Code de la commune", required=False, max_length=5)
    contact = forms.EmailField(label="Adresse électronique pour vous répondre")
    cost = AmountField("Coût estimé, hors taxes")
    starts_on = day("Début souhaité", required=False)
    website = forms.CharField(
        label="Ne remplissez pas ce champ", required=False, widget=forms.HiddenInput
    )  # a trap for machines

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Cette fiche ne peut pas être reçue.")
        return ""


class LinkForm(PlainForm):
    """To whom the link goes, and for how long."""

    label = text("À qui va ce lien", most=200)
    days = forms.IntegerField(label="Durée, en jours", min_value=1, max_value=180, initial=60)
