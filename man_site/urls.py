from allauth.account import views as sign_in
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from man_site import views
from members.http import only_oneself, sure_it_is_you

handler500 = "man_site.errors.broken"

# /account/: those of allauth's pages that we mean to have, under allauth's names.
account = [
    path("login/", sign_in.login, name="account_login"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("inactive/", sign_in.account_inactive, name="account_inactive"),
    path("signup/", sign_in.signup, name="account_signup"),
    path(
        "login/code/",
        login_not_required(sign_in.request_login_code),
        name="account_request_login_code",
    ),
    path(
        "login/code/confirm/",
        sign_in.confirm_login_code,
        name="account_confirm_login_code",
    ),
    path(
        "password/change/",
        only_oneself(sure_it_is_you(sign_in.password_change)),
        name="account_change_password",
    ),
    path(
        "password/set/",
        only_oneself(sure_it_is_you(sign_in.password_set)),
        name="account_set_password",
    ),
    path("password/reset/", sign_in.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        sign_in.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        sign_in.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("account/", include(account)),
    path("people/who-may/", views.who_may, name="who-may"),
    path("", include("members.urls")),
    path("hours/", include("timebank.urls")),
    path("desk/", views.desk, name="desk"),
    path("books/", views.books, name="books"),
    path("style/", views.style, name="style"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
