"""The hardware and its libraries: cameras, the model, buttons, systemd.  Each library is imported in one file only."""
