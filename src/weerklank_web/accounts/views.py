"""Signing in and out."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.accounts.actions import send_sign_in_link, use_sign_in_link
from weerklank_web.accounts.forms import SignInForm
from weerklank_web.groundwork.limits import count_attempt

__all__ = ["link_sent", "open_link", "sign_in", "sign_in_again", "sign_out"]

_NEXT = "weerklank-next"


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in link."""
    form = SignInForm(request.POST or None)
    _keep_next(request)
    if request.method == "POST" and form.is_valid():
        count_attempt(request, what="sign-in", allowed=10, minutes=15)
        send_sign_in_link(form.cleaned_data["email"])
        return redirect("accounts:link-sent")
    return render(request, "accounts/sign_in.html", {"form": form}, status=400 if form.errors else 200)


def link_sent(request: HttpRequest) -> HttpResponse:
    """«Look in your mail.» The same for known and unknown addresses."""
    return render(request, "accounts/link_sent.html")


@never_cache
@require_http_methods(["GET", "POST"])
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A link from the mail. Opening shows a button; only the button signs in, so that a mail scanner cannot."""
    if request.method == "GET":
        return render(request, "accounts/open_link.html")
    count_attempt(request, what="sign-in-link", allowed=30, minutes=15)
    person = use_sign_in_link(secret)
    address = request.session.pop(_NEXT, None)
    record_authentication(request, person, method="link")
    return perform_login(request, person, email_verification="none", redirect_url=address)  # type: ignore[no-any-return]


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Before changing the second factor: show by a fresh link that it is you."""
    messages.info(
        request, _("Bevestig eerst dat jij het bent: vraag een nieuwe link en open die op dit apparaat.")
    )
    return redirect(f"{reverse('accounts:sign-in')}?{urlencode({'next': request.GET.get('next', '/mijn/')})}")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    messages.success(request, _("Je bent uitgelogd."))
    return redirect("home:front")


def _keep_next(request: HttpRequest) -> None:
    """Remember where to go after signing in, if that is one of our own pages."""
    address = request.GET.get("next", "")
    if address and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        request.session[_NEXT] = address
