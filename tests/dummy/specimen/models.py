"""What the specimen stores."""

import uuid

from django.db import models
from django.db.models.functions import Now


class Note(models.Model):
    """One note."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(max_length=200)
    echoes = models.IntegerField(default=0)
    written_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.text
