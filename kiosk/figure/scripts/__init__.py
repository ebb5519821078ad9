"""What the simulated person performs, one file per family; see kiosk/figure/script.py."""
