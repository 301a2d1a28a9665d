"""What a person does with the own account. The forms and most of the work are Django's."""

from __future__ import annotations

import math
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import login, views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from planner import throttle
from planner.accounts import make_first_account, may_make_first_account
from planner.addresses import absolute
from planner.forms.accounts import ChangePasswordForm, FirstAccountForm, NewPasswordForm, ResetForm, SignInForm
from planner.passwords import reset_tokens
from planner.sessions import begin, kept_in
from planner.wording import count

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def first_account(request: HttpRequest, token: str) -> HttpResponse:
    """The first account and its organisation; there is no such page once there is an account."""
    if not may_make_first_account(token):
        raise Http404
    form = FirstAccountForm(request.POST or None)
    if not form.is_valid():
        return render(request, "account/first.html", {"form": form})
    person = form.person()
    person.set_password(form.cleaned_data["password1"])
    organisation = make_first_account(person, form.cleaned_data["organisation"], request.request_id)
    if organisation is None:
        raise Http404
    enter(request, person)
    return HttpResponseRedirect(reverse("organisation", args=(organisation.slug,)))


def enter(request: HttpRequest, person: object) -> None:
    """Sign a person in who has just made the account."""
    login(request, person, backend=BACKEND)
    begin(request.session)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, and go on with what was asked for or sent."""
    kept = request.POST.get("kept", "")
    context = {"kept": kept, "is_fresh": not User.objects.exists()}
    show = views.LoginView.as_view(
        template_name="account/sign_in.html", authentication_form=SignInForm, extra_context=context
    )
    if request.method != "POST":
        return show(request)
    tried = throttle.attempt(request, request.POST.get("username", ""))
    if tried.wait:
        return _must_wait(request, tried.wait)
    response = show(request)
    if response.status_code != HttpResponseRedirect.status_code:
        return response
    tried.take_back()
    begin(request.session)
    request.session.clear_expired()
    sent = kept_in(kept)
    return render(request, "account/send_again.html", {"path": sent[0], "fields": sent[1]}) if sent else response


def _must_wait(request: HttpRequest, wait: timedelta) -> HttpResponse:
    response = render(request, "account/wait.html", {"wait": _in_words(wait)}, status=429)
    response["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return response


def _in_words(wait: timedelta) -> str:
    """`20 minutes`, `3 hours`: rounded up, so that it is long enough."""
    unit, step = ("minute", timedelta(minutes=1)) if wait <= timedelta(hours=2) else ("hour", timedelta(hours=1))
    return count(math.ceil(wait / step), unit)


@login_not_required
@require_http_methods(["POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and let the browser forget the pages."""
    response = views.LogoutView.as_view()(request)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    """Change the own password; the other sessions of the person end by it."""
    show = views.PasswordChangeView.as_view(
        template_name="account/password.html", form_class=ChangePasswordForm, success_url=reverse("account")
    )
    if request.method != "POST":
        return show(request)
    tried = throttle.attempt(request, request.user.get_username())
    if tried.wait:
        return _must_wait(request, tried.wait)
    response = show(request)
    changed = response.status_code == HttpResponseRedirect.status_code
    if changed or "old_password" not in response.context_data["form"].errors:
        tried.take_back()
    if changed:
        messages.success(request, "Your password is changed. Your sessions on other machines have ended.")
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_for_reset(request: HttpRequest) -> HttpResponse:
    """Ask for a link to set a new password."""
    if request.method == "POST":
        tried = throttle.attempt(request, request.POST.get("email", ""), "reset")
        if tried.wait:
            return _must_wait(request, tried.wait)
    show = views.PasswordResetView.as_view(
        template_name="account/reset.html",
        form_class=ResetForm,
        token_generator=reset_tokens,
        email_template_name="account/reset_email.txt",
        subject_template_name="account/reset_subject.txt",
        success_url=reverse("reset-sent"),
        extra_email_context={"site": absolute(request, "/")},
    )
    return show(request)


@login_not_required
@require_safe
@never_cache
def reset_sent(request: HttpRequest) -> HttpResponse:
    """Say what happens now, whether or not there is such an account."""
    return render(request, "account/reset_sent.html")


@login_not_required
@sensitive_post_parameters()
@never_cache
def reset_password(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Set a new password by a link; it signs in, also somebody whose name was tried on."""
    show = views.PasswordResetConfirmView.as_view(
        template_name="account/new_password.html",
        form_class=NewPasswordForm,
        token_generator=reset_tokens,
        post_reset_login=True,
        post_reset_login_backend=BACKEND,
        success_url=reverse("organisations"),
    )
    response = show(request, uidb64=uidb64, token=token)
    of_form = request.method == "POST" and token == views.PasswordResetConfirmView.reset_url_token
    if of_form and response.status_code == HttpResponseRedirect.status_code:
        throttle.forgive(request.user.get_username())
        begin(request.session)
    return response


@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """The account: its name, its password, its organisations."""
    memberships = request.user.memberships.select_related("organisation").order_by("organisation__name")
    return render(request, "account/account.html", {"memberships": memberships})
