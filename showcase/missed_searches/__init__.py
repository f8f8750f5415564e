"""Searches without result: what visitors look for and the catalogue does not have.

`counting` counts the words and nothing of who looked, `editing` makes them aliases of entries.
"""
