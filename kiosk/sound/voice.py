"""The voice: sentences spoken by espeak-ng into files, each once.

A file is kept because speaking one takes a Pi longer than a cue may be late, and playing straight from espeak-ng
stutters there (platform 8).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from kiosk.trouble import KioskError

PROGRAM = "espeak-ng"
#: Words a minute: slower than espeak-ng's usual 175, for who is out of breath.
SPEED = 150
#: Seconds one sentence may take; on a Zero 2 W it is well below one.
PATIENCE = 10.0

#: Where the mirror's service keeps it (systemd/README.md), and where below a person's own cache.
OF_THE_SERVICE = Path("/var/cache/hinge-mirror")
OF_A_PERSON = "hinge-mirror"
FOLDER = "speech"


class NoVoice(KioskError, OSError):
    """A sentence cannot be spoken: espeak-ng is absent or fails, or its file cannot be kept."""


def find_speech() -> Path:
    """The folder of spoken sentences: the service's for who may write there, else in $XDG_CACHE_HOME or ~/.cache."""
    given = os.environ.get("CACHE_DIRECTORY", "").split(":")[0]
    if given or os.access(OF_THE_SERVICE, os.W_OK):
        return Path(given or OF_THE_SERVICE) / FOLDER
    own = os.environ.get("XDG_CACHE_HOME")
    return (Path(own) if own else Path.home() / ".cache") / OF_A_PERSON / FOLDER


def speak(sentence: str, folder: Path, language: str) -> Path:
    """The WAV file in ``folder`` in which ``sentence`` is spoken, made if it is not there yet: whole, or not at all.

    ``language``: its code, which espeak-ng knows too.  Raises NoVoice.
    """
    spoken = folder / f"{hashlib.sha256(f'{language} {SPEED} {sentence}'.encode()).hexdigest()[:20]}.wav"
    if spoken.exists():
        return spoken
    if not shutil.which(PROGRAM):
        raise NoVoice(f"{PROGRAM} is not installed")
    part = spoken.with_suffix(f".{os.getpid()}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        command = [PROGRAM, "-v", language, "-s", str(SPEED), "-w", str(part), "--stdin"]
        subprocess.run(command, input=sentence.encode(), capture_output=True, check=True, timeout=PATIENCE)
        part.replace(spoken)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoVoice(f"{PROGRAM} cannot speak into {folder}: {error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return spoken
