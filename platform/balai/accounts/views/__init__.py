"""The pages of one's own account."""

from balai.accounts.views.me import me, second_factor, sign_out_everywhere

__all__ = ["me", "second_factor", "sign_out_everywhere"]
