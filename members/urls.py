from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    # /notices/
    path("", views.notices, name="notices"),
    path("read/", views.mark_notices_read, name="mark-notices-read"),
]
