"""How a line of the log is written."""

import logging

from planner.requests import of_this_request

#: Parameters of addresses that let in who knows them.
SECRETS = ("secret", "token")


class OneLine(logging.Formatter):
    """A message stays on one line: text from outside cannot forge a second entry or move the terminal's cursor."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the formatted message with control characters escaped; a traceback follows as it is.

        The format may name the `request_id`. What lets somebody in is left out of the address.
        """
        # Django logs what it answered after the middleware is done, and then hands the request along.
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "request_id", of_this_request())
        line = super().formatMessage(record)
        match = getattr(request, "resolver_match", None)
        for name in SECRETS:
            if match and match.kwargs.get(name):
                line = line.replace(str(match.kwargs[name]), "***")
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
