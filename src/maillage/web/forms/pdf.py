"""Attached PDF files: their field, what is checked of them."""

from typing import Any

from django import forms

from maillage.web.forms.plain import PlainForm

PDF = forms.FileInput(attrs={"accept": "application/pdf"})

LARGEST = 20 * 2**20  # bytes of an attached file


def pdf_file(label: str, help_text: str = "", required: bool = False) -> forms.FileField:
    return forms.FileField(label=label, required=required, widget=PDF, help_text=help_text)


def check_pdf(found: Any) -> Any:
    """Its content says what it is, not its name."""
    if not found:
        return found
    if found.size > LARGEST:
        raise forms.ValidationError("Ce fichier dépasse 20 Mo.")
    head = found.read(5)
    found.seek(0)
    if head != b"%PDF-":
        raise forms.ValidationError("Ce fichier n’est pas un PDF.")
    return found


class PaperForm(PlainForm):
    """One PDF."""

    document = pdf_file("Document (PDF)", required=True)

    def clean_document(self) -> Any:
        return check_pdf(self.cleaned_data["document"])
