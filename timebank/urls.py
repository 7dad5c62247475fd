from django.urls import path

from timebank import samples
from timebank.views import exchanges, forgiveness

app_name = "timebank"
# Its sample letters are declared with its pages.
assert samples
urlpatterns = [
    # /hours/
    path("", exchanges.statement, name="statement"),
    path("of/<int:pk>/", exchanges.statement, name="statement-of"),
    path("exchanges/record/", exchanges.record_exchange, name="record-exchange"),
    path(
        "exchanges/record-for-others/",
        exchanges.record_exchange_for_others,
        name="record-exchange-for-others",
    ),
    path("exchanges/<uuid:pk>/", exchanges.exchange, name="exchange"),
    path("forgiveness/", forgiveness.forgiveness_asked, name="forgiveness-asked"),
    path(
        "forgiveness/propose/<int:pk>/",
        forgiveness.propose_forgiveness,
        name="propose-forgiveness",
    ),
    path("forgiveness/<uuid:pk>/", forgiveness.forgiveness, name="forgiveness"),
    path(
        "forgiveness/<uuid:pk>/second/",
        forgiveness.second_forgiveness,
        name="second-forgiveness",
    ),
    path(
        "forgiveness/<uuid:pk>/withdraw/",
        forgiveness.withdraw_forgiveness,
        name="withdraw-forgiveness",
    ),
]
