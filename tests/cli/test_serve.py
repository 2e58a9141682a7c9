"""``maillage serve`` refuses plainly what it cannot do."""

import socket


def test_without_edition_nothing_is_served(run, tmp_path):
    assert run("serve", "--editions", tmp_path).exit_code == 3


def test_a_taken_port_is_told(run, demo_editions):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = run("serve", "--editions", demo_editions, "--port", port)
    assert told.exit_code == 1
    assert "--port" in told.output
    assert "Traceback" not in told.output
