"""What the mirror is doing: one value, moved by one pure function, shown as a scene.  No clock, no file, no device."""
