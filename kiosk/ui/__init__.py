"""The screen: scenes in, pixels out, keyboard twins of the buttons back.  Only sound/ imports pygame beside it."""

import os

#: pygame greets on stdout when it is imported; `kiosk … --json` needs stdout for itself.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
