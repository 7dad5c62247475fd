from django.urls import path

from members.views import links, notices, rules

app_name = "members"
urlpatterns = [
    # /notices/
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.mark_notices_read, name="mark-notices-read"),
    # /l/: links in letters; /letters/: those that could not be delivered
    path("l/<str:token>/", links.follow_link, name="follow-link"),
    # /join/ and /welcome/: applications, invitations, orientation
    # /people/: directory, members, messages, roles and who may what
    # /me/: my profile, privacy, leave, leaving, download, agreements, dues, times
    # /acting/: for whom I act, and what was done for me
    # /rules/: the policies
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:name>/", rules.rule, name="rule"),
    path("rules/<slug:name>/change/", rules.change_policy, name="change-policy"),
]
