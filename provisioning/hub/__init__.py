"""People of partners that work with several regions: one account here, a region with one click.

The other end, and why it is built like this: ``balai.signon.roaming``, docs/sign-on.md.
"""
