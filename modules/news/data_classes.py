"""What the newsroom's tables hold."""

from balai.classify import table

TABLES = {
    "Article": table(
        none="id uuid kind state title summary text agency areas lead publish_at expires_at claim"
        " verdict evidence_url starts_at ends_at place document corrections returned version"
        " archived_from push_state push_text pushed_at checked_at created_at changed_at sample"
        " search",
        ordinary="author editor reviewer push_asker push_approver",
        about="officers",
    ),
    "Revision": table(none="id article number content why at", ordinary="author", about="officers"),
    "Picture": table(
        none="id uuid article alt caption width height widths place",
        ordinary="credit",
        about="photographers",
    ),
    "Feed": table(
        none="id uuid name url active checked_at read_at next_at newest_at failures error etag"
        " modified log"
    ),
    "FeedItem": table(none="id feed key title summary url published_at hidden"),
}
