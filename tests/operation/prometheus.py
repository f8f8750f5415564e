"""Reads metrics by the rules of the text format, and is as strict as a scraper may be.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)')
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? ([0-9.e+-]+|[+-]Inf|NaN)")
SUFFIXES = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("",), "gauge": ("",)}
UNESCAPED = {r"\\": "\\", r"\n": "\n", r"\"": '"'}


def parsed(text):
    """Return the samples by name and labels; fails where a scraper might refuse the text."""
    assert text.endswith("\n")
    samples, types, helped, family = {}, {}, set(), ""
    for line in text.removesuffix("\n").split("\n"):
        if found := re.fullmatch(rf"# HELP ({NAME}) .+", line):
            assert found[1] not in helped, f"{found[1]} is explained twice"
            helped.add(found[1])
        elif found := re.fullmatch(rf"# TYPE ({NAME}) (counter|gauge|histogram)", line):
            family = found[1]
            assert family not in types, f"{family} has two types, or its lines are apart"
            assert family in helped
            types[family] = found[2]
        else:
            name, labels, value = sample(line)
            assert name in {family + suffix for suffix in SUFFIXES[types[family]]}, line
            assert (name, labels) not in samples, f"{line} is there twice"
            samples[name, labels] = value
    assert helped == types.keys()
    for name in (name for name, kind in types.items() if kind == "histogram"):
        check_histogram(name, samples)
    return samples


def sample(line):
    found = SAMPLE.fullmatch(line)
    assert found, line
    name, pairs, value = found.groups()
    labels = LABEL.findall(pairs or "")
    assert LABEL.sub("", pairs or "") == "", line
    assert len(dict(labels)) == len(labels), line
    return name, frozenset((key, unescaped(text)) for key, text in labels), float(value)


def unescaped(text):
    return re.sub(r"\\.", lambda found: UNESCAPED[found[0]], text)


def check_histogram(name, samples):
    """Buckets add up, and the last one holds all."""
    series = {}
    for (each, labels), value in samples.items():
        if each == f"{name}_bucket":
            by_name = dict(labels)
            bound = float(by_name.pop("le"))
            series.setdefault(frozenset(by_name.items()), []).append((bound, value))
    assert series
    for labels, buckets in series.items():
        buckets.sort()
        counts = [count for _, count in buckets]
        assert counts == sorted(counts)
        assert buckets[-1] == (float("inf"), samples[f"{name}_count", labels])
        assert (f"{name}_sum", labels) in samples
