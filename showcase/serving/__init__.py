"""Answers from memory, in front of Django: the same page is made once for everybody.

`front` is the WSGI layer. `addresses` knows which addresses are the same for everybody, and in
which form; `release` tells one state of the code from another; `page` is an answer that can be
given again, `keeping` has those that were given, in this process and for all of them.

What a page is made of is in its key: the release, the public state of the catalogue
(`projects/public_state.py`), the address. So nothing has to be thrown away when something changes,
and nothing can be stale.
"""
