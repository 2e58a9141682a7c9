"""Addresses of committees and meetings."""

from django.urls import path

from maillage.web.views.governance import committees, held, meetings, papers

ALL = "contrats/<slug:slug>/gouvernance/"
ONE = f"{ALL}<int:id>/"
MEETING = f"{ALL}reunions/<int:id>/"

urlpatterns = [
    path(ALL, committees.governance, name="governance"),
    path(f"{ALL}constituer/", committees.add, name="governance-committee-add"),
    path(ONE, committees.committee, name="governance-committee"),
    path(f"{ONE}modifier/", committees.edit, name="governance-committee-edit"),
    path(f"{ONE}membres/ajouter/", committees.seat, name="governance-member-add"),
    path(f"{ONE}membres/<int:member_id>/", committees.edit_seat, name="governance-member"),
    path(f"{ONE}convoquer/", meetings.call, name="governance-call"),
    path(MEETING, meetings.meeting, name="governance-meeting"),
    path(f"{MEETING}modifier/", meetings.edit, name="governance-meeting-edit"),
    path(f"{MEETING}convocation-envoyee/", meetings.convened, name="governance-convened"),
    path(f"{MEETING}annuler/", meetings.cancel, name="governance-cancel"),
    path(f"{MEETING}ordre-du-jour/", meetings.agenda, name="governance-agenda"),
    path(f"{MEETING}presences/", held.attendance, name="governance-attendance"),
    path(f"{MEETING}points/<int:item_id>/suite/", held.outcome, name="governance-outcome"),
    path(f"{MEETING}points/<int:item_id>/decider/", held.decision, name="governance-decide"),
    path(f"{MEETING}decider/", held.decision, name="governance-decide-besides"),
    path(f"{MEETING}rattacher/", held.attach, name="governance-attach"),
    path(f"{MEETING}compte-rendu/", held.minutes, name="governance-minutes"),
    path(f"{MEETING}compte-rendu/consigner/", held.close, name="governance-close"),
    path(f"{MEETING}convocation.<str:ext>", papers.convocation, name="governance-convocation"),
    path(f"{MEETING}releve.<str:ext>", papers.minutes, name="governance-record"),
    path(f"{MEETING}reunion.ics", papers.calendar, name="governance-ics"),
    path(f"{MEETING}rectifier/", held.put_right, name="governance-correct"),
]
