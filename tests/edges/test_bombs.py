"""Files that are small where they are kept and large where they are read."""

import bz2
import gzip
import io
import lzma
import zipfile

import pytest

from showcase import yaml
from showcase.exchange import read
from showcase.records import FixtureError

NAMES = ["projects.csv", "landscape.yml", "publiccode.yml", "codemeta.json", "tag.yaml", "tag.json"]
ZEROS = bytes(5_000_000)


def zipped(content):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("projects.csv", content)
    return archive.getvalue()


PACKED = [pack(ZEROS) for pack in (gzip.compress, bz2.compress, lzma.compress, zipped)]
FIXTURE = "- model: projects.tag\n  fields:\n    "
# What grows by reading, in each format, beside what tests/exchange refuses.
GROWING = {
    "laughs": ("tag.yaml", "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))),
    "merged": ("tag.yaml", "a: &a {b: c}\nd:\n  <<: *a\n"),
    "merged without an alias": ("tag.yaml", FIXTURE + "<<: {name: A}\n"),
    "deep by indentation": ("tag.yaml", "".join(f"{' ' * n}a:\n" for n in range(900))),
    "deep by hyphens": ("tag.yaml", "- " * 3_000 + "a"),
    "deep by question marks": ("tag.yaml", "? " * 3_000 + "a"),
    "an object": ("tag.yaml", "!!python/object/apply:os.system [true]"),
    "a number in JSON": ("tag.json", '[{"model": "projects.tag", "fields": %s}]' % ("9" * 9_999)),
    "very many documents": ("tag.yaml", "---\n- a\n" * 5_000),
    "very many columns": ("projects.csv", "name," + "x," * 300_000),
    "very many empty columns": ("projects.csv", "," * 300_000),
    "a cell of a whole file": ("projects.csv", f'name,tagline,status\n"{"a" * 3_000_000}'),
    "cells of nothing but quotes": ("projects.csv", f"name,tagline,status\n{'""' * 200_000}"),
}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_packed_is_not_unpacked(name):
    for content in PACKED:
        assert len(content) < 10_000
        with pytest.raises(FixtureError) as error:
            read(name, content)
        assert len(str(error.value)) < 500


@pytest.mark.parametrize("bomb", GROWING)
def test_what_would_grow_is_refused_in_a_short_sentence(bomb):
    name, text = GROWING[bomb]
    with pytest.raises(FixtureError) as error:
        read(name, text.encode())
    assert len(str(error.value)) < 500


@pytest.mark.parametrize("number", ["1" + ":1" * 20_000, "0x" + "f" * 20_000, "9" * 20_000])
def test_number_of_very_many_digits_is_text(number):
    for line in (number, f"-{number}", f"{number}.5"):
        (record,) = yaml.load(f"{FIXTURE}name: {line}\n")
        assert record["fields"]["name"] == line
