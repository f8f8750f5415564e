"""Fixtures as YAML: read strictly, and written so that people like to edit them."""

import re
from typing import Any

from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer as PythonDeserializer
from django.core.serializers.python import Serializer as PythonSerializer

import yaml

# A list of records, a record, its fields, a list of natural keys, a natural key: that is five.
MAX_DEPTH = 8
# What other programs write for each other.
MAX_DEPTH_ELSEWHERE = 16
# What a file from elsewhere may hold: reading so many takes 15 seconds and 350 MB.
MAX_VALUES_ELSEWHERE = 500_000

# No field takes a longer one; to the base of 60, as YAML 1.1 has them (1:59), one takes minutes.
NUMBERS = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
NUMBER_MAX_LENGTH = 40

# What a block scalar does not bring back: a reader takes these for line breaks or drops them.
UNFIT_FOR_BLOCK = re.compile("[\x85\u2028\u2029]|^\n|\n\n\\Z")


class MalformedError(DeserializationError):
    """Says in half a sentence what cannot be read, and knows where it stands."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None):
        super().__init__(reason)
        self.line, self.column = line, column


class Mapping(dict[str, Any]):
    """A mapping that knows on which line it begins and on which each of its keys stands."""

    def __init__(self, line: int):
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


def load(text: str) -> Any:
    """Return what the text says; mappings come as `Mapping`. Raises MalformedError."""
    return read_with(Loader, text)


def load_from_elsewhere(text: str) -> Any:
    """Return what a text says that anybody may have sent."""
    return read_with(CautiousLoader, text)


def load_texts(text: str) -> Any:
    """Return what the text of another format says, its values as they are written."""
    return read_with(TextLoader, text)


def read_with(kind: "type[Loader]", text: str) -> Any:
    try:
        loader = kind(text)
        node = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise MalformedError(
            f"there is an unreadable character, U+{error.character:04X}", line
        ) from error
    except yaml.MarkedYAMLError as error:
        raise malformed(reason(error), error.problem_mark or error.context_mark) from error
    if node is None:
        raise MalformedError("the file is empty; for no records at all write []")
    return loader.construct_document(node)


def reason(error: yaml.MarkedYAMLError) -> str:
    words = str(error.problem)
    if error.context:
        begun = f" (line {error.context_mark.line + 1})" if error.context_mark else ""
        words = f"{error.context}{begun}, {words}"
    return f"{words}; look at the indentation, colons and quotes here and above"


def malformed(reason: str, mark: Any) -> MalformedError:
    return MalformedError(reason, mark.line + 1, mark.column + 1)


class Loader(yaml.SafeLoader):
    """Refuses what a fixture has no need of: anchors, tags, depth, and a key given twice."""

    depth = values = 0
    max_depth = MAX_DEPTH
    max_values: int | None = None

    def compose_node(self, parent, index):
        event = self.peek_event()
        if event.anchor:
            raise malformed(
                f"write “{event.anchor}” out: anchors (&) and aliases (*) are not read, "
                "and text that begins so needs quotes",
                event.start_mark,
            )
        if event.tag:
            raise malformed(
                f"leave out the tag “{event.tag}”: tags are not read, "
                "and text that begins with “!” needs quotes",
                event.start_mark,
            )
        self.depth += 1
        if self.depth > self.max_depth:
            raise malformed("lists and mappings are nested too deeply", event.start_mark)
        self.values += 1
        if self.max_values and self.values > self.max_values:
            raise malformed(
                f"there are more than {self.max_values:,} values; divide the file into several",
                event.start_mark,
            )
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_object(self, node, deep=False):
        if node.tag in NUMBERS and len(node.value) > NUMBER_MAX_LENGTH:
            return node.value
        try:
            return super().construct_object(node, deep)
        except ValueError:
            # It looks like a date or a number and is none (2024-02-30): the field will say so.
            return node.value

    def construct_record(self, node):
        mapping = Mapping(node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise malformed("a name before a colon has to be a word", key_node.start_mark)
            if key in mapping:
                raise malformed(
                    f"“{key}” stands here for the second time, after line {mapping.lines[key]}; "
                    "leave one of them",
                    key_node.start_mark,
                )
            mapping[key] = self.construct_object(value_node, deep=True)
            mapping.lines[key] = key_node.start_mark.line + 1
        return mapping

    def construct_sign(self, node):
        raise malformed(f"put “{node.value}” in quotes", node.start_mark)


Loader.add_constructor("tag:yaml.org,2002:map", Loader.construct_record)
# YAML 1.1 gives “<<” and “=” a meaning of their own.
Loader.add_constructor(None, Loader.construct_sign)


class CautiousLoader(Loader):
    """Refuses what would fill the memory."""

    max_values = MAX_VALUES_ELSEWHERE


class TextLoader(CautiousLoader):
    """Takes what is there for text: version 1.10 is not 1.1, the language “no” is not false."""

    max_depth = MAX_DEPTH_ELSEWHERE
    yaml_implicit_resolvers = {
        sign: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
        for sign, resolvers in Loader.yaml_implicit_resolvers.items()
    }


class Dumper(yaml.SafeDumper):
    """Prose in block scalars, natural keys on one line, long lines left alone."""

    def ignore_aliases(self, data):
        return True

    def represent_text(self, text):
        return self.represent_scalar("tag:yaml.org,2002:str", str(text), style=style_of(text))

    def represent_items(self, items):
        is_flat = not any(isinstance(item, (list, tuple, dict)) for item in items)
        return self.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=is_flat)


Dumper.add_multi_representer(str, Dumper.represent_text)
Dumper.add_representer(str, Dumper.represent_text)
Dumper.add_representer(list, Dumper.represent_items)
Dumper.add_representer(tuple, Dumper.represent_items)


def style_of(text: str) -> str | None:
    """Return how to write a text: as a block, in double quotes, or (None) as simply as possible."""
    if UNFIT_FOR_BLOCK.search(text):
        return '"'
    # The emitter itself falls back to double quotes for trailing spaces, tabs and the like.
    return "|" if "\n" in text else None


def dump(records: list[Any]) -> str:
    """Return the records as YAML, with an empty line between them."""
    return "\n".join(map(dump_one, records)) or "[]\n"


def dump_one(record: Any) -> str:
    return yaml.dump(
        [record], Dumper=Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )


class Serializer(PythonSerializer):
    """Leaves out what a row gets by itself when the field is not mentioned."""

    internal_use_only = False
    _current: dict[str, Any]

    def handle_field(self, obj, field):
        if not is_default(field, field.value_from_object(obj)):
            super().handle_field(obj, field)

    def handle_fk_field(self, obj, field):
        if not is_default(field, field.value_from_object(obj)):
            super().handle_fk_field(obj, field)

    def handle_m2m_field(self, obj, field):
        super().handle_m2m_field(obj, field)
        # By key, because databases disagree about the order of names.
        if keys := sorted(self._current.pop(field.name, [])):
            self._current[field.name] = keys

    def end_serialization(self):
        self.stream.write(dump(self.objects))

    def getvalue(self):
        # Past the Python serializer, which returns the objects.
        return super(PythonSerializer, self).getvalue()


def is_default(field: Any, value: object) -> bool:
    """Tell whether a row has this value without being given it, now and at any other time."""
    if field.has_default() and callable(field.default):
        return False
    return bool(value == field.get_default())


class Deserializer(PythonDeserializer):
    def __init__(self, stream_or_string, **options):
        content = stream_or_string
        if hasattr(content, "read"):
            content = content.read()
        if isinstance(content, bytes):
            content = content.decode("utf-8-sig")
        super().__init__(load(content), **options)
