"""Photos that people upload: checked, made anew, private until a policy lets somebody see them."""

from typing import TYPE_CHECKING, Any

from balai.files.policies import policy
from balai.files.rejection import UploadRejected

if TYPE_CHECKING:
    from balai.files.models import StoredFile
    from balai.files.photos import Look

__all__ = ["UploadRejected", "policy", "store_photo"]


def store_photo(
    upload: Any,
    *,
    owner: str,
    purpose: str,
    created_by: Any = None,
    look: "Look | None" = None,
) -> "StoredFile":
    """Check a photo, drop its metadata, make it anew in three sizes and keep it.

    Args:
        upload: Django's uploaded file, at most 10 MB; JPEG, PNG, WebP, HEIC if installed.
        owner: what it belongs to, "<app>.<model>:<id>".
        purpose: whose policy decides who may see it; see :func:`policy`.
        created_by: the account that sent it, if there is one.
        look: called with the decoded picture (upright, RGB, 1600 px at most) and the
            :class:`balai.files.origin.Origin` its file tells, before both are gone.

    Raises:
        UploadRejected: with a sentence for the person who chose the file.
    """
    from balai.files import services  # models cannot be imported while apps are being loaded

    return services.store_photo(
        upload, owner=owner, purpose=purpose, created_by=created_by, look=look
    )
