"""The keyboard, key by key, in a terminal that is always put back as it was.

Whatever ends the program, an exception, Ctrl-C or another signal, the terminal
echoes and collects lines again afterwards. Ctrl-Z gives it back as well and
takes it up again when the program continues.
"""

from __future__ import annotations

import atexit
import os
import select
import signal
import sys
import termios
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any

_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


class Keyboard:
    """Use it in a `with` statement, on the main thread."""

    def __init__(self) -> None:
        self._terminal = sys.stdin.fileno()
        self._usual: list[Any] = []
        self._handlers: dict[signal.Signals, Any] = {}
        self._is_ours = False  # whether keys come one by one now
        self._is_stale = False

    def __enter__(self) -> Keyboard:
        """Take the terminal."""
        self._usual = termios.tcgetattr(self._terminal)
        atexit.register(self._give_back)
        for number in _ENDING:
            self._handle(number, _end)
        self._handle(signal.SIGTSTP, self._suspend)
        self._handle(signal.SIGCONT, self._continue)
        self._handle(signal.SIGWINCH, self._continue)
        self._take()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the terminal back."""
        self._give_back()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        atexit.unregister(self._give_back)

    def read(self, seconds: float | None) -> str:
        """Return the next key, or "" if none comes in time.

        Of what arrives in one piece, a pasted text or an arrow key, only the
        first character counts. Raise EOFError when the terminal is gone.
        """
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return ""
        piece = os.read(self._terminal, 1024)
        if not piece:
            raise EOFError
        return piece.decode("utf-8", errors="replace")[0]

    def screen_is_stale(self) -> bool:
        """Tell, once, that the program was stopped for a while or the window has changed."""
        is_stale, self._is_stale = self._is_stale, False
        return is_stale

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Give the terminal to another program, a pager, for a while."""
        self._give_back()
        try:
            yield
        finally:
            self._take()

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """While the body works, let `q` interrupt it as Ctrl-C does, and drop other keys."""
        is_over, over = os.pipe()
        listener = threading.Thread(target=self._listen, args=(is_over,), daemon=True)
        listener.start()
        try:
            yield
        finally:
            os.close(over)
            listener.join()
            os.close(is_over)
            termios.tcflush(self._terminal, termios.TCIFLUSH)

    def _listen(self, is_over: int) -> None:
        # Through a descriptor that never waits: Ctrl-C drops the keys before it,
        # so that what select has promised may be gone when it is read.
        terminal = os.open(os.ttyname(self._terminal), os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            while is_over not in select.select([terminal, is_over], [], [])[0]:
                if _wants_to_leave(terminal):
                    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
                    return
        finally:
            os.close(terminal)

    def _handle(self, number: signal.Signals, handler: Any) -> None:
        self._handlers[number] = signal.signal(number, handler)

    def _take(self) -> None:
        tty.setcbreak(self._terminal)
        self._is_ours = True

    def _give_back(self) -> None:
        self._is_ours = False
        termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._usual)

    def _suspend(self, number: int, frame: FrameType | None) -> None:
        was_ours = self._is_ours
        self._give_back()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)  # returns when the program continues
        signal.signal(signal.SIGTSTP, self._suspend)
        self._is_ours = was_ours
        self._continue(number, frame)

    def _continue(self, number: int, frame: FrameType | None) -> None:
        if self._is_ours:
            self._take()
        self._is_stale = True


def _wants_to_leave(terminal: int) -> bool:
    """Read what was typed; the end of the terminal counts as leaving, too."""
    try:
        piece = os.read(terminal, 1024)
    except BlockingIOError:
        return False
    is_escape_code = piece[:1] == b"\x1b"  # an arrow or function key
    return not piece or (b"q" in piece.lower() and not is_escape_code)


def _end(number: int, frame: FrameType | None) -> None:
    """End by way of an exception, so that everything is cleaned up."""
    raise SystemExit(128 + number)
