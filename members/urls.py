from django.urls import path

from members.views import notices

app_name = "members"
urlpatterns = [
    # /notices/
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.mark_notices_read, name="mark-notices-read"),
    # /join/ and /welcome/: applications, invitations, orientation
    # /people/: directory, members, messages, roles and who may what
    # /me/: my profile, privacy, leave, leaving, download, agreements, dues, times
    # /acting/: for whom I act, and what was done for me
    # /rules/: the policies
]
