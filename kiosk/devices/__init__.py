"""The hardware and its libraries: cameras, the model's runtime, buttons, systemd.  Each is imported in one file only."""
