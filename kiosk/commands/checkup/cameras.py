"""The cameras that there are, and whether frames come of them."""

from __future__ import annotations

import os

from kiosk.commands.checkup import Answer, causes
from kiosk.config import Config
from kiosk.devices.board import is_raspberry_pi
from kiosk.devices.picamera import find_pi_camera
from kiosk.devices.usb import find_usb_cameras


def check_pi_camera(config: Config) -> Answer:
    """Whether there is one, and whether a picture comes of it: it is opened for a moment."""
    if camera := find_pi_camera():
        trouble = causes.why_no_frame()
        return ("warning", f"{camera}: {trouble[0]}", trouble[1]) if trouble else ("ok", camera, "")
    if not is_raspberry_pi():
        return "ok", "none, this is not a Raspberry Pi", ""
    return "warning", *causes.why_no_camera()


def check_usb_camera(config: Config) -> Answer:
    """Those that are plugged in, and whether they may be opened."""
    cameras = find_usb_cameras()
    shut = [camera for camera in cameras if not os.access(camera, os.R_OK | os.W_OK)]
    if shut:
        return "failed", f"{shut[0]} may not be opened by this user", "sudo usermod -aG video $USER, and log in again"
    if cameras:
        return "ok", ", ".join(map(str, cameras)), ""
    if find_pi_camera():
        return "ok", "none", ""
    return "warning", "no camera at all: the simulated person will be used", "plug one in, or go on without"
