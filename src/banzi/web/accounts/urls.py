"""Addresses of signing in, of one's own account and of the administrators."""

from django.urls import path, re_path

from banzi.web.accounts import views_asked as asked
from banzi.web.accounts import views_managing as managing
from banzi.web.accounts import views_own as own
from banzi.web.accounts import views_signing as signing
from banzi.web.accounts.models import AskedKind

urlpatterns = [
    path("login/", signing.login_page, name="login"),
    path("login/code/", signing.code_page, name="login-code"),
    path("logout/", signing.logout_page, name="logout"),
    path("confirm/", signing.confirm_page, name="confirm"),
    path("password/", signing.password_page, name="change-password"),
    path("my-rights/", own.my_rights, name="my-rights"),
    path("second-factor/", own.second_factor_page, name="second-factor"),
    path("second-factor/card.pdf", own.card_file, name="second-factor-card"),
    path("accounts/", managing.accounts_page, name="accounts"),
    path("accounts/new/", managing.new_account_page, name="account-new"),
    path("accounts/asked/", asked.asked_page, name="asked-acts"),
    re_path(
        rf"^accounts/asked/(?P<number>\d+)/(?P<kind>{'|'.join(AskedKind)})/$",
        asked.settle_asked,
        name="asked-act",
    ),
    path("accounts/<int:number>/", managing.account_page, name="account"),
    re_path(
        rf"^accounts/(?P<number>\d+)/(?P<what>{'|'.join(managing.ACTS)})/$",
        managing.account_act,
        name="account-act",
    ),
]
