"""Every drill and every fault, as data."""
