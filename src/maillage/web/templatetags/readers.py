"""« Qui voit cette page », from the very tables that open it: ``{% readers %}``."""

from typing import Any

from django import template

from maillage.accounts.perms import right_to, scope, who_may
from maillage.accounts.roles import ROLES
from maillage.web.page_rights import PAGES

register = template.Library()


@register.inclusion_tag("web/parts/readers.html", takes_context=True)
def readers(context: dict[str, Any]) -> dict[str, Any]:
    """Nothing for a page open to everyone. ``alone``: the page is the reader’s own."""
    match = getattr(context.get("request"), "resolver_match", None)
    name = match.view_name if match else ""
    asked = PAGES.get(name, ("everyone",))
    actions = [ask for ask in asked if "." in ask]
    shown = [action for action in actions if right_to(action).only != "published"]
    found = dict.fromkeys(label for action in shown for label in who_may(action))
    return {
        "alone": asked == ("account",),
        "who": list(found),
        "parties": [
            role.label
            for role in ROLES.values()
            if any(scope(role.id, action) == "party" for action in shown)
        ],
        "contract": context.get("contract"),
        "public": len(shown) < len(actions),
        "money": name.startswith(("operations", "maquettes")),
    }
