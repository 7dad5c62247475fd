from django.urls import path

from timebank import views

app_name = "timebank"
urlpatterns = [
    # /hours/
    path("", views.statement, name="statement"),
    path("of/<int:pk>/", views.statement, name="statement-of"),
    path("exchanges/record/", views.record_exchange, name="record-exchange"),
    path(
        "exchanges/record-for-others/",
        views.record_exchange_for_others,
        name="record-exchange-for-others",
    ),
    path("exchanges/<uuid:pk>/", views.exchange, name="exchange"),
]
