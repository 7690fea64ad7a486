"""Listening for `q` never gets stuck on keys that are gone again."""

from __future__ import annotations

import os
import pty
import tty

from grader.keyboard import _wants_to_leave


def test_keys_that_ctrl_c_has_dropped_are_not_waited_for() -> None:
    typist, terminal = pty.openpty()
    tty.setcbreak(terminal)
    listening = os.open(os.ttyname(terminal), os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    assert not _wants_to_leave(listening)  # select said "ready", then nothing is there
    os.write(typist, b"n")
    assert not _wants_to_leave(listening)
    os.write(typist, b"q")
    assert _wants_to_leave(listening)
    for descriptor in (typist, terminal, listening):
        os.close(descriptor)
