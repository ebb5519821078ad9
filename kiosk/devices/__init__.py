"""The hardware and its libraries: cameras, the model, buttons, systemd.  Nothing else imports those libraries."""
