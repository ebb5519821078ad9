"""frame → pose → verdict → session → scene → screen, lamps, voice

The camera's *frame* becomes a *pose* (17 keypoints); the scoring loop turns a pose into a *verdict*; verdicts, button
presses and clock ticks are the events that move the *session* on; the session decides the *scene*; the *screen* (later
the lamps and the voice) shows it.  Each word is a place in this package:

======== ================================================================ ==========================
frame    kiosk/frame.py, made by kiosk/devices (cameras) or kiosk/figure  a picture and its own time
pose     kiosk/scoring/pose.py, made by kiosk/devices/movenet.py          17 keypoints in pixels
verdict  kiosk/scoring/verdict.py, made by kiosk/scoring/scorer.py        phase, lights, reps
session  kiosk/session                                                    what the mirror is doing
scene    kiosk/session/scene.py                                           what is to be seen
screen   kiosk/ui                                                         pixels
======== ================================================================ ==========================

A *fault* is the person's, a *trouble* is the machine's.  Imports point down only; tests/test_floors.py sees
to it.
"""

__version__ = "0.1.0"
