"""Tells which headers of a request have arrived, in place of the site."""

import json


def application(environ, start_response):
    arrived = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(arrived).encode()]
