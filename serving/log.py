"""The log: one JSON object a line on standard error, whoever of the server's parts has something to say."""

import json
import logging
import sys
from datetime import UTC, datetime

_OF_EVERY_RECORD = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "color_message"})
_TOLD_BY_US = "Uncaught app execution"  # Streamlit's own line on an error that `faults` logs with its reference


class JsonLine(logging.Formatter):
    """A record as JSON: `time` (UTC), `level`, `event`, `said`, what was given as `extra`, `exception` and `stack`."""

    def format(self, record: logging.LogRecord) -> str:
        extra = {key: value for key, value in vars(record).items() if key not in _OF_EVERY_RECORD}
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": extra.pop("event", record.name),
            "said": record.getMessage(),
            **extra,
        }
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["stack"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def begin() -> None:
    """From now on everything that is logged is a line of JSON, also what Streamlit and uvicorn log."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    handler.addFilter(lambda record: record.msg != _TOLD_BY_US)
    logging.captureWarnings(True)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("serving").setLevel(logging.INFO)  # of others only what is wrong
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] in ("streamlit", "uvicorn", "websockets"):
            logger = logging.getLogger(name)
            logger.handlers.clear()  # Streamlit gives each of its loggers a handler of its own
            logger.propagate = True
            if name.startswith("uvicorn"):
                logger.setLevel(logging.WARNING)  # that it started is said already
