"""Where uploaded bytes lie: under the region's own folder, on disk or in a bucket."""

import os
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.deconstruct import deconstructible
from django.utils.functional import cached_property
from django.utils.module_loading import import_string

from balai import context


class DurableFiles(FileSystemStorage):
    """Files on this machine, written through to the disk before they are reported as stored."""

    def _save(self, name: str, content: "File[Any]") -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]  # the stubs lack it
        path = Path(self.path(saved))
        for target in (path, path.parent):
            handle = os.open(target, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return saved


@deconstructible
class RegionStorage(Storage):
    """The default storage. "photos/a.jpg" means another file in each region.

    Every method raises NoRegionError outside a region. It has no ``url``: files are served by
    views that ask a policy, never by their path.
    """

    @cached_property
    def inner(self) -> Storage:
        """The bucket of ``S3_BUCKET``, else ``MEDIA_ROOT``."""
        if settings.S3_BUCKET:
            # Only where the extra "s3" is installed.
            make = import_string("storages.backends.s3.S3Storage")

            bucket: Storage = make(bucket_name=settings.S3_BUCKET, **settings.S3_OPTIONS)
            return bucket
        return DurableFiles(settings.MEDIA_ROOT, directory_permissions_mode=0o700)

    def _here(self, name: str) -> str:
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts or "\\" in name:
            raise SuspiciousFileOperation("a stored file's name stays inside its region")
        return "/".join((context.current_region().schema, *parts))

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        return self.inner.open(self._here(name), mode)

    def _save(self, name: str, content: IO[Any]) -> str:
        saved = self.inner.save(self._here(name), content)
        return saved.partition("/")[2]

    def delete(self, name: str) -> None:
        """Delete the region's file ``name``; nothing happens when it is gone already."""
        self.inner.delete(self._here(name))

    def exists(self, name: str) -> bool:
        """Tell whether the region has a file ``name``."""
        return self.inner.exists(self._here(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return the folders and files under ``path`` in the region; none if it is missing.

        "" is all that the region has.
        """
        here = self._here(path) if path else context.current_region().schema
        try:
            folders, files = self.inner.listdir(here)
        except FileNotFoundError:
            return [], []
        return list(folders), list(files)

    def size(self, name: str) -> int:
        """Return the size in bytes."""
        return self.inner.size(self._here(name))

    def get_modified_time(self, name: str) -> Any:
        """Return when the file was written."""
        return self.inner.get_modified_time(self._here(name))

    def path(self, name: str) -> str:
        """Return the path on this machine; NotImplementedError in a bucket."""
        return self.inner.path(self._here(name))
