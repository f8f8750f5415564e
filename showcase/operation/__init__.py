"""What tells an operator how the site is: lines of the log, mails about errors, and metrics.

Nothing here holds up an answer, and nothing of a visitor goes into any of it.
"""
