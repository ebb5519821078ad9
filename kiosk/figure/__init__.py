"""The simulated person: a body with true angles, filmed by a virtual camera."""
