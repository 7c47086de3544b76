"""``python -m balai`` is the command ``balai``."""

from balai.cli.main import app

app(prog_name="balai")
