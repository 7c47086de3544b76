#!/usr/bin/env python
"""Django's command line, with the kernel's folder on the path."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[1:1] = [str(Path(__file__).resolve().parent / "platform")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
