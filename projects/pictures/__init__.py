"""Pictures of entries, people and products, for links that are shown elsewhere.

`colours` reads what the style sheet says, `lettering` sets text in a width, `drawing` makes a
picture of a `Card`, `cards` says what stands on each, `views` answers with them.
"""
