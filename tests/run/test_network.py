import socket

import pytest


def test_no_test_reaches_another_machine():
    with pytest.raises(AssertionError, match=r"tries to reach \('192\.0\.2\.1', 80\)"):
        socket.create_connection(("192.0.2.1", 80))


def test_a_test_reaches_its_own_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
