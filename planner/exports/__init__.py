"""A plan as files to keep and to pass on, one module a format. None of them holds a secret."""
