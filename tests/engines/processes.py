"""What starting any engine needs: ports that are free, waiting until it answers, a sure end."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable

__all__ = ["answers", "free_ports", "stop"]

_STOP_S = 10.0
_PAUSE_S = 0.1


def free_ports(count: int) -> tuple[int, ...]:
    """Ports of this machine that nobody has now; held together, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for held in sockets:
            held.bind(("127.0.0.1", 0))
        return tuple(held.getsockname()[1] for held in sockets)
    finally:
        for held in sockets:
            held.close()


def answers(
    process: subprocess.Popen[bytes], probe: Callable[[], bool | None], within_s: float
) -> bool:
    """What the probe says first; False when the process ends or time is up.

    The probe gives None, or raises OSError, while there is no answer yet.
    """
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline and process.poll() is None:
        try:
            said = probe()
        except OSError:
            said = None
        if said is not None:
            return said
        time.sleep(_PAUSE_S)
    return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the process, by force where it does not end in time."""
    process.terminate()
    try:
        process.wait(timeout=_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
