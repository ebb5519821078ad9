"""What a program and its children write and send, seen from outside: their system calls with all the data in them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: Calls that put data somewhere, with the data in them.
WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg")
OPENS = ("open", "openat", "openat2", "creat")
#: Calls by which data leaves a program unseen: nothing of it stands in the trace.
UNSEEN = (
    "memfd_create", "memfd_secret", "io_uring_setup", "io_submit", "shmget", "process_vm_writev", "sendfile", "splice",
    "vmsplice", "tee", "copy_file_range", "mq_open",
)  # fmt: skip
SOCKETS = ("socket", "socketpair", "connect", "bind", "accept", "accept4")
FAMILY = ("clone", "clone3", "fork", "vfork", "execve")
#: Longer than anything that is written at once: strace is not to cut it short.
LONGEST = 1 << 28

HEX = re.compile(r"(?:\\x[0-9a-f]{2})+")
QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
LINE = re.compile(r"(\d+) +(.*)")
STARTED = re.compile(r"(\w+)\((.*)", re.DOTALL)
#: A call and what it came to; strace sets the latter in a column of its own where it can.
ENDED = re.compile(r"(.*)\)\s+= (.*)", re.DOTALL)
RESUMED = re.compile(r"<\.\.\. (\w+) resumed>(.*)", re.DOTALL)
UNFINISHED = " <unfinished ...>"


@dataclass(frozen=True, slots=True)
class Call:
    """One system call of a ``program``: its ``name``, its ``words`` as strace tells them, ``data`` and ``place`` of it.

    ``place`` is the file, pipe or socket written to, or the file opened; ``came``: what it came to (after the "=").
    """

    program: str
    name: str
    words: str
    came: str
    place: str = ""
    data: bytes = b""

    @property
    def failed(self) -> bool:
        return self.came.startswith("-1")


def why_not() -> str:
    """Why nothing can be traced here; "" when it can."""
    if not shutil.which("strace"):
        return "strace is not installed: nobody watches what is written and sent"
    tried = subprocess.run(["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "true"], capture_output=True, text=True)
    return f"strace may not trace here: {tried.stderr.strip()}" if tried.returncode else ""


def traced(command: Sequence[str], trace: Path) -> list[str]:
    """``command`` as strace runs it, every call that can bring data out of it told to the file ``trace``."""
    calls = ",".join((*WRITES, *OPENS, *UNSEEN, *SOCKETS, *FAMILY, "mmap"))
    options = ["-f", "-qq", "-yy", "-xx", "--seccomp-bpf", "-s", str(LONGEST), "-e", "signal=none", "-o", str(trace)]
    return ["strace", *options, "-e", f"trace={calls}", *command]


def read_trace(trace: Path) -> list[Call]:
    """The calls in the file ``trace``, in the order in which they began."""
    began: list[tuple[str, str]] = []
    waiting: dict[str, int] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            found = LINE.match(line)
            assert found, line[:200]
            process, said = found[1], found[2]
            if resumed := RESUMED.match(said):
                at = waiting.pop(process)
                began[at] = (process, began[at][1] + resumed[2])
            elif STARTED.match(said):
                if said.endswith(UNFINISHED):
                    waiting[process] = len(began)
                    said = said.removesuffix(UNFINISHED)
                began.append((process, said))
    programs = _programs(began)
    return [_call(programs[process], said) for process, said in began]


def written(calls: Sequence[Call]) -> dict[tuple[str, str], list[bytes]]:
    """All that was written, by program and place, each time by itself."""
    found: defaultdict[tuple[str, str], list[bytes]] = defaultdict(list)
    for call in calls:
        if call.name in WRITES and call.data:
            found[call.program, call.place].append(call.data)
    return found


def _call(program: str, said: str) -> Call:
    started = STARTED.match(said)
    assert started, said[:200]
    ended = ENDED.fullmatch(started[2])
    name, words, came = started[1], *(ended.groups() if ended else (started[2], "? the program ended first"))
    data, place = b"", ""
    if name in WRITES:
        data = b"".join(bytes.fromhex(each.replace("\\x", "")) for each in QUOTED.findall(words))
        place = _place(words)
        words = QUOTED.sub("", words, count=1)  # an address stays
    elif name in OPENS:
        place = _place(came) or _plain(QUOTED.findall(words)[0])
    return Call(program, name, _plain(words), came, place, data)


def _place(said: str) -> str:
    """What a file descriptor stands for, as strace writes it beside its number."""
    found = re.match(r"\d+<(.*?)(?:<[^>]*>)?>(?:,|\)|$)", said)
    return _plain(found[1]) if found else ""


def _plain(said: str) -> str:
    return HEX.sub(lambda found: bytes.fromhex(found[0].replace("\\x", "")).decode(errors="replace"), said)


def _programs(began: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Which program each process or thread is: the last one it became, else that of whoever made it."""
    parents: dict[str, str] = {}
    became: dict[str, str] = {}
    for process, said in began:
        name = said.partition("(")[0]
        ended = ENDED.fullmatch(said)
        if name == "execve" and ended and ended[2] == "0":
            became[process] = Path(_plain(QUOTED.findall(said)[0])).name
        elif name in FAMILY and ended and ended[2].isdigit():
            parents[ended[2]] = process

    def program(process: str) -> str:
        return became.get(process) or program(parents[process])

    return {process: program(process) for process in {process for process, _ in began}}
