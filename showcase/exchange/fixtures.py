"""Reads our own fixtures, YAML or JSON, of which anybody may have written any."""

from datetime import date

from .. import catalogue, yaml
from ..records import Record, parse_json, records_of


def read(file: str, text: str, today: date) -> list[Record]:
    is_json = file.lower().endswith(".json")
    entries = parse_json(text) if is_json else yaml.load_from_elsewhere(text)
    records = records_of(file, entries)
    for record in records:
        # A file is no way to make users.
        if record.model not in catalogue.MODELS:
            raise record.error("this is no part of the catalogue, and is not imported")
    return records
