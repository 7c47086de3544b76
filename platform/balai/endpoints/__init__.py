"""What a region's pages are for, and which of them answer in which state of its life.

Every route of a region belongs to one :class:`Endpoint` class, worked out from where it stands
(``classify``): kernel routes by their app, a module's by area, method and its manifest's
``endpoints``; a view may say so itself with :func:`belongs`. The table (``policy``) says what
a state does to each class and the middleware enforces it. A new module edits nothing here.
"""

from balai.endpoints.classes import Endpoint, belongs
from balai.endpoints.policy import Access, StoppedError, access, require

__all__ = ["Access", "Endpoint", "StoppedError", "access", "belongs", "require"]
