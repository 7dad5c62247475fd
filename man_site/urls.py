from django.urls import include, path

from man_site import views

handler500 = "man_site.errors.broken"

urlpatterns = [
    path("", views.home, name="home"),
    path("account/", include("allauth.account.urls")),
    path("notices/", include("members.urls")),
    path("hours/", include("timebank.urls")),
    path("books/", views.books, name="books"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
