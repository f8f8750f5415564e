"""Whoever sends much gets the answer, not a closed connection."""

import io

import pytest

from showcase.serving.unread import PIECE, PIECES_MAX, ReadToTheEnd

REFUSAL = [b"No."]


def refusing(environ, start_response):
    """Answer without a look at what was sent."""
    return REFUSAL


def answer_to(sent):
    return ReadToTheEnd(refusing)({"wsgi.input": sent, "HTTP_TRANSFER_ENCODING": "chunked"}, None)


@pytest.mark.parametrize("length", [0, 1, PIECE, 3 * PIECE + 1])
def test_refused_request_is_read_to_its_end(length):
    sent = io.BytesIO(b"x" * length)
    assert answer_to(sent) == REFUSAL
    assert sent.tell() == length


def test_request_without_end_is_not_read_for_ever():
    class Endless:
        pieces = 0

        def read(self, size):
            self.pieces += 1
            return b"x" * size

    sent = Endless()
    assert answer_to(sent) == REFUSAL
    assert sent.pieces == PIECES_MAX


def test_request_that_breaks_off_is_answered():
    class Broken:
        def read(self, size):
            raise ConnectionResetError

    assert answer_to(Broken()) == REFUSAL
