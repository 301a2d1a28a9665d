"""Files that were uploaded and compared, and are not imported yet."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = timedelta(hours=24)  #: how long a file waits to be confirmed
EACH = 5  #: files of one person that are kept; an older one goes first


class OpenImports(models.QuerySet["PendingImport"]):
    """The files that still wait."""

    def waiting(self) -> OpenImports:
        return self.filter(at__gt=timezone.now() - KEPT)

    def drop_old(self, user_id: int) -> None:
        """Delete what has waited too long, and of this person all but the latest."""
        self.exclude(pk__in=self.waiting()).delete()
        latest = self.filter(user_id=user_id).values_list("pk", flat=True)[:EACH]
        self.filter(user_id=user_id).exclude(pk__in=list(latest)).delete()


class PendingImport(models.Model):
    """What an uploaded file says, until the person who sent it confirms or drops it.

    `content`: JSON of `exchange.uploaded.Uploaded`, compressed by zlib. It is written by the site only.
    """

    token = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    file_name = models.CharField(max_length=100)
    content = models.BinaryField()

    objects = OpenImports.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name

    @property
    def until(self) -> object:
        """When it is dropped."""
        return self.at + KEPT
