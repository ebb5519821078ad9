"""The scoring loop: pose → smoothed pose → measures → phases → faults → verdict.  No clock, no file, no thread."""
