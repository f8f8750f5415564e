"""How much the site serves, beside what Django serves at all: under gunicorn, over sockets.

What is asked and of whom: `cases`, `planning`, `yardsticks`. How: `measuring`, `loading`. What
comes of it: `figures`, `musts`.
"""
