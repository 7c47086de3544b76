"""The events of the centre; all carry ids only. The boards are drawn again after BOARD."""

TAKEN = "emergency.taken"
NOISE = "emergency.noise"
CHANGED = "emergency.changed"
UNIT = "emergency.unit"
ENDED = "emergency.ended"
ALERT = "emergency.alert"
ALERT_WAITS = "emergency.alert_waits"
ALERT_TOLD = "emergency.alert_told"
SEAL = "emergency.seal"
HANDED_OVER = "emergency.handed_over"
PANIC = "emergency.panic_kept"

BOARD = (TAKEN, CHANGED, UNIT, ENDED)
