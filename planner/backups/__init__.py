"""Copies of the whole database: made while the site runs, and brought back.

`copies` asks for a copy or brings one back, whatever the database is; `on_sqlite` and `on_postgresql` do it, and
`releases` tells whether this version can read what a copy holds. `moving` copies from SQLite to PostgreSQL.
"""
