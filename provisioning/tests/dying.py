"""What a child process does that opens a region and kills itself (SIGKILL) at a chosen step.

``before``: the step is marked as running, nothing of it has begun. ``inside``: all its work is
done in the transaction, which has not been committed.
"""

import os
import signal

CITY = {"code": "32.73", "slug": "bandung", "email": "admin@bandung.go.id", "preset": "kota"}


def main(name: str, moment: str) -> None:
    from provisioning.opening import engine, open_region, steps

    whole = steps.run

    def dies(step, opening):
        if step == name and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        detail = whole(step, opening)
        if step == name:
            os.kill(os.getpid(), signal.SIGKILL)
        return detail

    engine.steps.run = dies
    open_region(**CITY)
