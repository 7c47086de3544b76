"""The Common Alerting Protocol 1.2 (OASIS, ITU-T X.1303): messages, XML both ways, checks.

Knows no model and no region; times carry the offset of the place they speak of.
"""

from modules.emergency.cap.building import to_xml
from modules.emergency.cap.checking import Bounds, Problem, problems
from modules.emergency.cap.message import Area, Circle, Info, Message, Point, Reference, Ring
from modules.emergency.cap.reading import Unreadable, from_xml

__all__ = [
    "Area",
    "Bounds",
    "Circle",
    "Info",
    "Message",
    "Point",
    "Problem",
    "Reference",
    "Ring",
    "Unreadable",
    "from_xml",
    "problems",
    "to_xml",
]
