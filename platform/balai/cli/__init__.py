"""The command ``balai``. Layers above add their commands through CLI_COMMANDS in settings."""
