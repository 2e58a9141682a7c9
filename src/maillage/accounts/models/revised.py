"""Rows that several people edit: each save says which revision it started from."""

from django.db import models


class Revised(models.Model):
    """``revision`` counts the saves; ``conflicts.save_revised`` refuses a stale one."""

    revision = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
