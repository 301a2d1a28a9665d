"""What answers a request: one module a screen."""
