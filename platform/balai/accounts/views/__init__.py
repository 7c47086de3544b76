"""The pages of one's own account."""

from balai.accounts.views.me import close, export, me, second_factor, sign_out_everywhere

__all__ = ["close", "export", "me", "second_factor", "sign_out_everywhere"]
