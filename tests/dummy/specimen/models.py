"""What the specimen stores."""

import uuid

from django.db import models


class Note(models.Model):
    """One note."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(max_length=200)
    echoes = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.text
