"""Text becomes the same words, whoever writes it and however."""

import pytest

from projects.search.words import indexed, joined, names, plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wanzenböck", {"wanzenbock"}),
        ("linux-taintinfo", {"linux", "taintinfo", "linuxtaintinfo"}),
        ("UtfRecoder", {"utf", "recod", "utfrecod"}),
        ("DRBDmon", {"drbdmon", "drbd", "mon"}),
        ("C++, C# and .NET", {"cplusplus", "csharp", "dotnet"}),
        ("Node.js", {"nodej"}),
        ("Straße", {"strass"}),
    ],
)
def test_text_is_found_under_each_of_its_words(text, words):
    assert words <= set(indexed(text))


def test_c_is_not_found_as_c_plus_plus():
    assert "c" not in indexed("C++")


def test_words_stand_in_their_order_so_that_phrases_are_found():
    assert indexed("fast block storage")[:3] == ["fast", "block", "storag"]


def test_any_script_gives_words():
    assert indexed("日本語 тест") == ["日本語", "тест"]


def test_signs_give_no_words():
    assert indexed("«» — ( * \" ' \\ 🦀 \0") == []


def test_a_name_without_its_spaces_is_the_same_name():
    assert joined("AgentX library for Rust") == joined("AgentXlibraryforRust")


def test_compatibility_forms_are_plain_letters():
    assert plain("ﬁle ①") == "file 1"


def test_a_plain_word_is_its_only_part():
    [name] = names("storage")
    assert (name.parts, name.is_compound) == (("storage",), False)
