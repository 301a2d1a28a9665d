"""Addresses of what a person does with the own account. Those that nobody is signed in at say so themselves."""

from django.urls import path

from planner.views import accounts, joining

urlpatterns = [
    path("", accounts.account, name="account"),
    path("first/<str:token>/", accounts.first_account, name="first-account"),
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("password/", accounts.change_password, name="change-password"),
    path("reset/", accounts.ask_for_reset, name="reset"),
    path("reset/sent/", accounts.reset_sent, name="reset-sent"),
    path("reset/<str:uidb64>/<str:token>/", accounts.reset_password, name="reset-password"),
    path("invitation/<str:secret>/", joining.invitation, name="invitation"),
    path("new-organisation/", joining.new_organisation, name="new-organisation"),
]
