"""The answer to an upload that is not kept."""

from django.utils.functional import Promise


class UploadRejected(ValueError):  # noqa: N818  # it reads as what happened
    """Raised for a file that is not kept; ``message`` is a sentence for who chose it."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message
