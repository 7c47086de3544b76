"""The app's shell: the files a service worker keeps so that the site opens without a network."""

import hashlib
import json
from functools import lru_cache

from django.templatetags.static import static
from django.urls import reverse

from balai.modules import registry
from balai.ui import kept
from balai.ui.brand import current_brand

STATIC = (
    "balai/css/core.css",
    "balai/css/components.css",
    "balai/css/forms.css",
    "balai/css/data.css",
    "balai/js/app.js",
    "balai/js/scheme.js",
    "balai/js/menu.js",
    "balai/js/toast.js",
    "balai/js/queue.js",
    "balai/js/swap.js",
    "balai/js/vault.js",
    "balai/js/packing.js",
    "balai/js/shelf.js",
    "balai/js/drafts.js",
    "balai/js/photos.js",
    "balai/js/pin.js",
    "balai/js/dialog.js",
    "balai/js/satchel.js",
    "django_htmx/htmx-4.min.js",
)


def files() -> str:
    """Return the addresses to keep, as JSON: the offline page, the theme, styles and scripts."""
    return json.dumps([kept.address("ui:offline"), current_brand().css_url, *_static(), *_more()])


def pages() -> str:
    """Return, as JSON, which kept page stands in for which address when there is no network."""
    known = registry.offline_pages()
    return json.dumps(
        {reverse(page.url_name): kept.address(page.kept or page.url_name) for page in known}
    )


def version() -> str:
    """Return a name that changes whenever one of the files does."""
    return hashlib.sha256(f"{files()}{pages()}".encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def _static() -> list[str]:
    return [static(path) for path in STATIC]


def _more() -> list[str]:
    """Return what the active modules' pages need besides, each once: a browser that is told to
    keep an address twice keeps nothing."""
    wanted = (path for module in registry.active() for path in module.offline_static)
    return [static(path) for path in dict.fromkeys(wanted) if path not in STATIC]
