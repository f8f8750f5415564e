"""An application that takes its time and tells which worker answered, and how that is served."""

import os
import time

from showcase.operation import worker

SECONDS = 0.4

# The machine may be busy: whoever is idle has time enough to wake up.
worker.HEAD_START = 0.05
worker_class = worker.FairWorker
workers = threads = 2


def application(environ, start_response):
    time.sleep(SECONDS)
    start_response("200 OK", [("X-Worker", str(os.getpid())), ("Content-Length", "0")])
    return []
