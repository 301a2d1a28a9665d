"""The HTTP API at /api/v1/: what the pages do, for programs. docs/api.md explains it."""
