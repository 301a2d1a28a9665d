"""How a line of the log is written."""

import logging


class OneLine(logging.Formatter):
    """A message stays on one line: text from outside cannot forge a second entry or move the terminal's cursor."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the formatted message with control characters escaped; a traceback follows as it is."""
        line = super().formatMessage(record)
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
