"""What every field of a region's tables holds: declared beside the models, checked for gaps.

An app has a ``data_classes.py`` with ``TABLES``, a dictionary from the model's name to a
:func:`table` or :func:`left_out`; :mod:`balai.classify.third_party` speaks for apps that are not
ours. Exports, backups' drills and the record of processing (UU PDP art. 31) read the same lines.
"""

from balai.classify.declaring import RANDOM, Digest, Personal, Table, left_out, table

__all__ = ["RANDOM", "Digest", "Personal", "Table", "left_out", "table"]
