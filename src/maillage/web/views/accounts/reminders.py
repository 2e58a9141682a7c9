"""How often one is written to: from one’s account, or from a letter, without signing in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from maillage.accounts.actions.reminders import choose_reminders
from maillage.accounts.reminding import reminded
from maillage.web.forms.accounts import RemindersForm
from maillage.web.viewers import now, signed_in
from maillage.web.views.throttle import per_minute

#: What a mail program sends when its reader asks to be left alone (RFC 8058).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@signed_in
@require_POST
def mine(request: HttpRequest) -> HttpResponse:
    form = RemindersForm(request.POST)
    if form.is_valid():
        choose_reminders(person=request.user, frequency=form.cleaned_data["frequency"], at=now())
        messages.success(request, "Votre choix est enregistré.")
    else:
        messages.error(request, "Choisissez une fréquence dans la liste.")
    return redirect("account")


def _limit() -> int:
    return int(settings.KNOCKS_PER_MINUTE)


@csrf_exempt  # the secret of the address allows it, whatever the cookies
@per_minute(_limit)
def unsigned(request: HttpRequest, token: str) -> HttpResponse:
    """Reading changes nothing, as programs open the links of letters; a button or a mail program
    sends the choice."""
    person = reminded(token)
    if person is None:
        return render(request, "web/accounts/expired.html", {"link": False}, status=410)
    name, value = ONE_CLICK
    given = {"frequency": "never"} if request.POST.get(name) == value else request.POST
    sent = request.method == "POST"
    form = RemindersForm(given if sent else None, initial={"frequency": "never"})
    done = sent and form.is_valid()
    if done:
        choose_reminders(person=person, frequency=form.cleaned_data["frequency"], at=now())
    about = {"form": form, "done": done, "frequency": person.reminders}
    status = 400 if form.errors else 200
    return render(request, "web/accounts/reminders.html", about, status=status)
