"""Web push without a third party's library: RFC 8030, 8291 (encryption) and 8292 (VAPID)."""
