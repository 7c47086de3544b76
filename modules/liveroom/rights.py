"""The live room's rights, by the names its manifest gives them."""

from typing import Final

LOOK: Final = "liveroom.look"
INSTRUCT: Final = "liveroom.instruct"
ANSWER: Final = "liveroom.answer"
VIEWERS: Final = "liveroom.see_viewers"
