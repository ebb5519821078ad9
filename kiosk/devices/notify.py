"""What systemd is told of the mirror (sd_notify(3)); nothing, where nobody listens."""

from __future__ import annotations

import os
import socket


class Notifier:
    """The datagram socket that systemd named when it started us; harmless when it did not.

    A watchdog is fed by ``alive``; a message that cannot be sent is dropped, for a silent mirror is restarted anyway.
    """

    def __init__(self) -> None:
        named = os.environ.get("NOTIFY_SOCKET", "")
        self._address = "\0" + named[1:] if named.startswith("@") else named

    def ready(self) -> None:
        """The mirror is up: it has seen its first pose, or says on the screen why it sees none."""
        self._send("READY=1")

    def alive(self) -> None:
        """All is well; to be repeated well within WatchdogSec."""
        self._send("WATCHDOG=1")

    def status(self, text: str) -> None:
        """One line for ``systemctl status``."""
        self._send("STATUS=" + text.replace("\n", " "))

    def stopping(self) -> None:
        """The mirror is closing its devices, by its own will."""
        self._send("STOPPING=1")

    def _send(self, message: str) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            try:
                line.sendto(message.encode(), socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL, self._address)
            except OSError:
                return
