"""Fixtures that are wrong in one way each, and words that the sentence about it has to contain."""

from .samples import SOUND, but, without

TAG = "- model: projects.tag\n  fields: {name: %s, slug: %s, updated_at: 2024-01-01 09:00:00Z}\n"

MALFORMED = {
    "an unclosed quote": (
        but("tagline: Manages", "tagline: 'Manages"),
        "while scanning a quoted scalar (line 11)",
    ),
    "a colon in text": (but("Source code", "Source: code"), "line 42, column 18", "quotes"),
    "a tab for indentation": (but("    slug: virter", "\tslug: virter"), "line 24", "'\\t'"),
    "a list that goes on as a mapping": (SOUND + "oops: 1\n", "line 63, column 1"),
    "two documents": (SOUND + "---\n[]\n", "line 63", "single document"),
    "a key twice": (
        but("    role: author", "    role: author\n    role: creator"),
        "line 37, column 5: “role” stands here for the second time, after line 36",
        "leave one of them",
    ),
    "an anchor": (but("[rust]", "&rust [rust]"), "line 13", "“rust”", "anchors"),
    "an alias": (but("[rust]", "*rust"), "line 13", "aliases", "quotes"),
    "a merge key": (but("    name: Rust", "    <<: {name: Rust}"), "line 18", "“<<”"),
    "a tag that makes an object": (
        but("name: Rust", "name: !!python/object/apply:os.system [ls]"),
        "line 18, column 11",
        "leave out the tag",
    ),
    "a tag of our own": (but("name: Rust", "name: !rust Rust"), "line 18", "!rust"),
    "a harmless tag": (but("name: Rust", "name: !!str Rust"), "line 18", "leave out the tag"),
    "a mapping for a key": (but("    name: Rust", "    {a: b}: Rust"), "line 18", "a word"),
    "deep lists": ("[" * 5_000, "line 1, column 9", "nested too deeply"),
    "deep mappings": ("{a: " * 5_000, "line 1", "nested too deeply"),
    "nothing at all": ("", "the file is empty", "[]"),
    "only a comment": ("# Nothing yet.\n", "the file is empty"),
    "a mapping at the top": ("model: projects.project\n", "a list of records"),
    "a word at the top": ("projects\n", "a list of records"),
    "a word for a record": ("- projects\n", "record 1", "“projects” is no record"),
    "null for a record": (SOUND + "-\n", "record 10", "“null” is no record"),
    "a cut-off file": (
        SOUND[: SOUND.index("Source code")],
        "line 42, record 6",
        "field “label”: the value is empty",
    ),
    "a character cut in half": ("- ü".encode()[:-1], "line 1: the text is not encoded as UTF-8"),
    "UTF-16": (SOUND.encode("utf-16"), "UTF-16", "save it as UTF-8"),
    "UTF-16 without a mark": (SOUND.encode("utf-16-le"), "U+0000", "line 1"),
    "Latin-1": (
        but("name: Roland", "name: Zoë").encode("latin-1"),
        "line 3: the text is not encoded as UTF-8",
    ),
    "a NUL": (but("name: Roland", "name: \0"), "line 3: ", "U+0000"),
    "an escape character": (but("name: Roland", "name: \x1b[31m"), "line 3: ", "U+001B"),
}

SHAPES = {
    "no model": (but("- model: projects.credit\n  fields", "- fields"), "the model is missing"),
    "an unknown model": (
        but("projects.credit", "projects.credits"),
        "line 32, record 5: there is no model “projects.credits”; perhaps “projects.credit”",
    ),
    "a model that is a number": (but("model: projects.credit", "model: 1"), "no model “1”"),
    "a model without an app": (but("projects.credit", "credit"), "no model “credit”"),
    "no fields": ("- model: projects.kind\n", "line 1, record 1 (projects.kind)", "missing"),
    "fields that are a word": ("- model: projects.kind\n  fields: x\n", "no mapping"),
    "fields without anything": ("- model: projects.kind\n  fields:\n", "no mapping"),
    "fields that are a list": ("- model: projects.kind\n  fields: [x]\n", "no mapping"),
    "a field in the wrong column": (
        "- model: projects.kind\n  name: x\n  fields: {plural: xs, slug: x}\n",
        "“name” is no part of a record",
        "further to the right",
    ),
    "a number for a row": (
        but("- model: projects.credit", "- model: projects.credit\n  pk: 1"),
        "leave out “pk”",
        "natural key",
    ),
    "an unknown field": (
        but("    tagline: Makes", "    taglin: Makes"),
        "line 25, record 4 (projects.project “virter”), field “taglin”",
        "perhaps “tagline” is meant",
    ),
    "a field that would upset a terminal": (
        but("    role: author", '    "ro\\nle\\e[31m": author'),
        "field “ro le�[31m”: there is no such field",
    ),
    "the number as a field": (
        but("    role: author", "    id: 7"),
        "“id”",
        "no such field; there are person, project",
    ),
    "a column in place of a field": (
        but("    project: [virter]\n    role: author", "    project_id: 1\n    role: author"),
        "no such field; perhaps “project” is meant",
    ),
    "what points to a row": (
        but("    status: active", "    links: []"),
        "in records of projects.link instead",
    ),
    "a list with records of its own": (
        but("    status: active", "    kinds: [[library]]"),
        "field “kinds”: state this in records of projects.projectkind instead",
    ),
    "tags at the project": (but("    status: active", "    tags: [[a]]"), "projects.taggedproject"),
    "the same row twice": (
        SOUND + "\n- model: projects.language\n  fields: {name: Rust 2, slug: rust}\n",
        "record 10 (projects.language “rust”): this row is stated already in",
        "record 3; leave one of them",
    ),
    "the same link twice": (
        SOUND + SOUND[SOUND.index("- model: projects.link") : SOUND.index("- model: projects.ch")],
        "record 10",
        "“virter, https://github.com/LINBIT/virter”",
        "record 6",
    ),
}

REFERENCES = {
    "a person who does not exist": (
        but("[roland-kammerer]", "[roland]"),
        "record 5",
        "field “person”: there is no people.person “roland”",
    ),
    "a language that does not exist": (
        but("[rust]", "[ruby]"),
        "field “languages”: there is no projects.language “ruby”",
    ),
    "a changed project that does not exist": (
        but("    - [virter]", "    - [virter]\n    - [vmshed]"),
        "field “projects”: there is no projects.project “vmshed”",
    ),
    "a successor that does not exist": (
        but("status: active", "status: active\n    successor: [vmshed]"),
        "field “successor”: there is no projects.project “vmshed”",
    ),
    "a number for a row elsewhere": (
        but("[roland-kammerer]", "1"),
        "field “person”: “1” is no natural key of people.person; write it as [slug]",
    ),
    "a bare word": (but("[roland-kammerer]", "roland-kammerer"), "write it as [slug]"),
    "too many parts": (but("[roland-kammerer]", "[roland, kammerer]"), "write it as [slug]"),
    "a part that is not text": (but("[roland-kammerer]", "[no]"), "“false” is not text"),
    "a part that is a list": (but("[roland-kammerer]", "[[rck]]"), "is not text"),
    "a NUL in a part": (but("[roland-kammerer]", '["\\0"]'), "NUL"),
    "a word in place of a list": (but("    - [rust]", "      rust"), "a list of natural keys"),
    "keys that are bare words": (but("    - [rust]", "    - rust"), "“rust” is no natural key"),
    "null in place of a list": (
        but("    languages:\n    - [rust]", "    languages:"),
        "a list of natural keys",
    ),
    "an incomplete natural key": (
        "- model: projects.contributionstep\n  fields: {contribution: [virter, linstor]}\n",
        "write it as [project's slug, upstream's slug, title]",
    ),
}

VALUES = {
    "nothing for what is needed": (
        without("status: active"),
        "line 21, record 4 (projects.project “virter”): “status” is missing",
        "it has to be one of active, released, finished",
    ),
    "no slug": (without("slug: linstor"), "record 2", "“slug” is missing"),
    "no person": (
        without("person: [roland-kammerer]"),
        "“person” is missing; it has to be a natural key, [slug]",
    ),
    "an empty text": (but("name: Rust", "name: ''"), "field “name”: the value is empty"),
    "null for text": (but("name: Rust", "name:"), "field “name”: the value is empty"),
    "null for text that may be empty": (
        but("    status: active", "    status: active\n    need: null"),
        "field “need”: the value is empty; leave it out",
    ),
    "a name of blanks": (
        but("name: Rust", "name: '   '"),
        "field “name”: This holds nothing but blanks",
    ),
    "a tag's name of blanks": (TAG % ("' '", "storage"), "field “name”", "nothing but blanks"),
    "a tagline with a blank before it": (
        but("tagline: Makes", "tagline: ' Makes").replace("machines.", "machines.'"),
        "field “tagline”: Remove the blanks",
    ),
    "a text of blanks where there has to be one": (
        SOUND + "- model: projects.alternative\n"
        "  fields: {project: [virter], name: Vagrant, difference: ' '}\n",
        "field “difference”: This holds nothing but blanks",
    ),
    "an unknown choice": (
        but("status: active", "status: activ"),
        "line 26, record 4",
        "field “status”: “activ” is no choice; it has to be one of active, released, finished",
    ),
    "a licence that is none": (
        but("    status: active", "    status: active\n    licence: GPL of some kind"),
        "field “licence”",
        "“GPL of some kind” is not an SPDX licence expression",
    ),
    "a licence in another spelling": (
        but("    status: active", "    status: active\n    licence: mit"),
        "Write the licence as “MIT”",
    ),
    "a script for an address": (
        but("https://github.com/LINBIT/virter", "javascript:alert(1)"),
        "line 43, record 6",
        "field “url”",
    ),
    "a password in an address": (but("https://git", "https://me:secret@git"), "field “url”"),
    "a slug with capitals": (but("slug: virter", "slug: Virter"), "field “slug”", "lower-case"),
    "a slug that is a number": (but("slug: virter", "slug: 2024"), "“2024” is not text"),
    "a quoted number for a slug": (but("slug: virter", "slug: '2024'"), "at least one letter"),
    "a text that is too long": (
        but("Makes virtual machines.", "x" * 161),
        "field “tagline”",
        "at most 160 characters (it has 161)",
    ),
    "a number for text": (but("name: Rust", "name: 1.10"), "“1.1” is not text", "quotes"),
    "a truth for text": (but("name: Rust", "name: yes"), "“true” is not text", "quotes"),
    "a date for text": (but("name: Rust", "name: 2024-01-01"), "is not text", "quotes"),
    "a list for text": (but("name: Rust", "name: [Rust]"), "is not text"),
    "a mapping for text": (but("name: Rust", "name: {a: b}"), "is not text"),
    "an escaped NUL": (but("name: Rust", 'name: "R\\0"'), "contains a NUL"),
    "half a character": (but("name: Rust", 'name: "\\ud800"'), "half of a character"),
    "a word for a number": (
        but("    role: author", "    role: author\n    order: first"),
        "field “order”: “first” is not a whole number",
    ),
    "a fraction": (
        but("    role: author", "    role: author\n    order: 1.5"),
        "“1.5” is not a whole number",
    ),
    "an endless number": (
        but("    role: author", "    role: author\n    order: .inf"),
        "“inf” is not a whole number",
    ),
    "a number with thousands of digits": (
        but("    role: author", f"    role: author\n    order: {'9' * 5_000}"),
        "is not a whole number",
    ),
    "a number that the column cannot hold": (
        but("    role: author", f"    role: author\n    order: {10**30}"),
        "line 37, record 5",
    ),
    "a negative number": (
        but("    role: author", "    role: author\n    order: -1"),
        "greater than or equal to 0",
    ),
    "an order that only some databases could keep": (
        but("    role: author", "    role: author\n    order: 40000"),
        "line 37, record 5",
        "field “order”",
        "less than or equal to 9999",
    ),
    "a number for a truth": (
        but("    status: active", "    status: active\n    is_featured: 1"),
        "“1” is not true or false",
    ),
    "a day that does not exist": (
        but("status_as_of: 2024-01-01", "status_as_of: 2024-02-30"),
        "line 27",
        "field “status_as_of”",
        "“2024-02-30”",
        "invalid date",
    ),
    "a day that is still to come": (
        but("status_as_of: 2024-01-01", "status_as_of: 2999-01-01"),
        "line 27",
        "field “status_as_of”: 2999-01-01 is still to come",
    ),
    "a day before there was software": (
        but("status_as_of: 2024-01-01", "status_as_of: 0202-01-01"),
        "field “status_as_of”: 0202-01-01 is before 1950",
    ),
    "a change that is still to come": (
        but("    - [rust]\n    updated_at: 2024", "    - [rust]\n    updated_at: 2999"),
        "field “updated_at”: 2999-01-01 is still to come",
    ),
    "a date in words": (
        but("status_as_of: 2024-01-01", "status_as_of: yesterday"),
        "“yesterday”",
        "YYYY-MM-DD",
    ),
    "a number for a date": (
        but("status_as_of: 2024-01-01", "status_as_of: 2024"),
        "“2024” is not a date such as",
    ),
    "a moment for a date": (
        but("status_as_of: 2024-01-01", "status_as_of: 2024-01-01 10:00:00Z"),
        "is not a date such as",
    ),
    "a date for a moment": (
        but("published_at: 2024-01-01 09:00:00+00:00", "published_at: 2024-01-01"),
        "is not a moment such as",
    ),
    "a moment without its time zone": (
        but("published_at: 2024-01-01 09:00:00+00:00", "published_at: 2024-01-01 09:00:00"),
        "lacks the time zone; add +00:00",
    ),
    "a moment past the end of time": (
        but("published_at: 2024-01-01 09:00:00+00:00", "published_at: 9999-12-31 23:59:59-12:00"),
        "field “published_at”: “9999-12-31 23:59:59-12:00” is outside the calendar",
    ),
}

JSON = {
    "no JSON": ("{oops", "catalogue.json, line 1, column 2: this is no JSON"),
    "an empty file": ("", "this is no JSON"),
    "a key twice": ('[{"model": "a", "model": "b"}]', "“model” stands twice"),
    "deep lists": ("[" * 200_000, "nested too deeply"),
    "a field that does not exist": (
        '[{"model": "projects.kind", "fields": {"nam": "x"}}]',
        "record 1 (projects.kind), field “nam”: there is no such field",
    ),
    "a number with thousands of digits": (f"[{'9' * 5_000}]", "too many digits"),
}
