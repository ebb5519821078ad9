"""What is heard of the mirror: short signals and a voice, through SDL's mixer."""

import os

#: pygame greets on stdout when it is imported; `kiosk … --json` needs stdout for itself.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
