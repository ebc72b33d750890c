"""My account: what is kept about me, and closing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from weerklank_web.accounts.gates import signed_in
from weerklank_web.gatherings.actions.account import close_account
from weerklank_web.gatherings.forms.account import CloseAccountForm
from weerklank_web.gatherings.queries.account import drafts_of_one, roles_of, waiting_for_another
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.replies import SeeOther

__all__ = ["account"]


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Read what is kept, and close it; whoever is the last organiser somewhere is sent there first."""
    person = signed_in(request)
    form = CloseAccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(person)
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            logout(request)
            messages.success(request, _("Je account is gesloten. Dank je wel voor wat je deed."))
            return SeeOther(reverse("home:front"))
    context = {
        "person": person,
        "roles": roles_of(person),
        "waiting": waiting_for_another(person),
        "drafts": drafts_of_one(person),
        "form": form,
    }
    return render(request, "gatherings/account.html", context, status=422 if form.errors else 200)
