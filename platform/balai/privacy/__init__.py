"""Rights of the people whose data a region holds (UU PDP 27/2022): docs/privacy.md.

A kernel part or a module takes part by two files of its own, found by their names:

- ``purposes.py``: ``PURPOSES``, a tuple of :class:`balai.privacy.purpose.Purpose`: what is done
  with personal data, on which legal basis, for how long, and what a withdrawal does;
- ``subject.py``: what is stored about one person; see :mod:`balai.privacy.subjects`.
"""
