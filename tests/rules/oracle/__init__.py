"""Independent judges of the engine: a brute force and a checker, written from the planning rules alone."""
