"""How a line of the log is written."""

import logging

from planner.requests import of_this_request


class OneLine(logging.Formatter):
    """A message stays on one line: text from outside cannot forge a second entry or move the terminal's cursor."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the formatted message with control characters escaped; a traceback follows as it is.

        The format may name the `request_id`.
        """
        # Django logs what it answered after the middleware is done, and then hands the request along.
        record.request_id = getattr(getattr(record, "request", None), "request_id", of_this_request())
        line = super().formatMessage(record)
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
