"""How a deed reached us, and the columns in which each room's row keeps it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a deed reached us."""

    WEB = "web", _("on the web")
    PHONE = "phone", _("by phone")
    PAPER = "paper", _("on paper")
    LETTER = "letter", _("from a letter")


class Recorded(models.Model):
    """A row that knows who wrote it down, on whose word, how and when."""

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField(max_length=8, choices=Channel)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
