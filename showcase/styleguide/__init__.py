"""The page on which developers see every component in each of its states.

It has an address in development only. `examples` has what is shown, `tokens` reads what the design
is made of from the files that have it. The components are rendered by the templates that the pages
include; a test fails when one of them is not shown.
"""
