"""What changed is shown word by word as long as anybody could read that."""

import pytest

from people.documents.differences import Piece, compared


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("Same.", "Same.", [("same", "Same.")]),
        ("", "New.", [("added", "New.")]),
        ("Old.", "", [("removed", "Old.")]),
        (
            "Starts machines.",
            "Starts virtual machines.",
            [("same", "Starts"), ("added", " virtual"), ("same", " machines.")],
        ),
        (
            "It copies block devices to others.",
            "Nobody knows, they say.",
            [
                ("removed", "It copies block devices to others."),
                ("added", "Nobody knows, they say."),
            ],
        ),
        (
            "One.\nTwo.\n",
            "One.\nTwo.\nÜber drei.\n",
            [("same", "One.\nTwo.\n"), ("added", "Über drei.\n")],
        ),
    ],
)
def test_words_are_compared(before, after, pieces):
    assert compared(before, after) == [Piece(*piece) for piece in pieces]


def test_very_long_texts_are_compared_as_wholes():
    before, after = "one " * 3_000, "two " * 3_000
    assert [piece.kind for piece in compared(before, after)] == ["removed", "added"]
