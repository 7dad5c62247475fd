"""What is asked of somebody who will be away for a while."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import DayField


class GoOnLeaveForm(forms.Form):
    """Until when, if that is known."""

    until = DayField(
        label=_("When do you think you will be back?"),
        required=False,
        help_text=_("Leave it empty if you don't know. We ask you on that day, once."),
        error_messages={"invalid": _("Write the day like 2027-05-31.")},
    )
