"""Every page that reads many contracts, those of one contract beside, and who reads each.

« contrat » is the first contract, its operation « 1 » too, there from the start.
"""

PAGES = (
    ("/contrats/", "prefecture"),
    ("/contrats/", "sgar"),
    ("/contrats/", "anct"),
    ("/contrats/?page=5", "anct"),
    ("/contrats/?territoire=dep-0", "anct"),
    ("/contrats/?tous=1", "anct"),
    ("/a-faire/", "project_lead"),
    ("/a-faire/", "local_agent"),
    ("/a-faire/", "sous_prefecture"),
    ("/a-faire/", "prefecture"),
    ("/a-faire/", "sgar"),
    ("/a-faire/", "anct"),
    ("/a-faire/?nature=lapse&echeance=90-jours", "anct"),
    ("/a-faire/calendrier/prefecture.ics", "prefecture"),
    ("/a-faire/calendrier/anct.ics", "anct"),
    ("/financeur/", "prefecture"),
    ("/financeur/", "funder"),
    ("/financeur/?contrat=contrat", "funder"),
    ("/contrats/contrat/", "project_lead"),
    ("/contrats/contrat/operations/", "project_lead"),
    ("/contrats/contrat/operations/1/", "project_lead"),
    ("/contrats/contrat/operations/1/fiche.docx", "project_lead"),
    ("/contrats/contrat/maquette/", "project_lead"),
)
