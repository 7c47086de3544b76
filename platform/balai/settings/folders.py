"""Where this machine keeps its state, the archives of regions and their backups."""

from pathlib import Path

from balai import env

STATE = Path(env.text("BALAI_STATE", ".balai")).resolve()
EXPORT_ROOT = Path(env.text("BALAI_EXPORT_ROOT", str(STATE / "exports")))
BACKUP_ROOT = Path(env.text("BALAI_BACKUP_ROOT", str(STATE / "backups")))
BACKUP_KEEP_DAYS = env.number("BALAI_BACKUP_KEEP_DAYS", 30)
