"""Which names look alike, and which do not."""

import pytest

from showcase.governance.likeness import Kind, Named, pairs, why

ALIKE = [
    (Kind.PERSON, "Moritz Wanzenboeck", "Moritz Wanzenböck"),
    (Kind.PERSON, "Moritz Wanzenbock", "Moritz Wanzenböck"),
    (Kind.PERSON, "R. Kammerer", "Roland Kammerer"),
    (Kind.PERSON, "R Kammerer", "Roland Kammerer"),
    (Kind.PERSON, "Kammerer, Roland", "Roland Kammerer"),
    (Kind.PERSON, "roland kammerer", "Roland Kammerer"),
    (Kind.PERSON, "Philip Reisner", "Philipp Reisner"),
    (Kind.PERSON, "Roland Kamemrer", "Roland Kammerer"),
    (Kind.WORDS, "block device", "block-devices"),
    (Kind.WORDS, "blockdevice", "Block Device"),
    (Kind.WORDS, "snapshots", "Snapshot"),
    (Kind.WORDS, "registries", "registry"),
    (Kind.WORDS, "batches", "batch"),
    (Kind.WORDS, "Kuberentes", "Kubernetes"),
    (Kind.WORDS, "hypervisr", "hypervisor"),
    (Kind.WORDS, "Ärzte", "Arzte"),
]
# An apostrophe or a digit more is another thing, and so is another beginning.
NOT_ALIKE = [
    (Kind.PERSON, "Roland Kammerer", "Robert Altnoeder"),
    (Kind.PERSON, "Anna Huber", "Anne Huber"),
    (Kind.PERSON, "Roland Kammerer", "Rainer Kammerer"),
    (Kind.PERSON, "P. Kammerer", "Roland Kammerer"),
    (Kind.PERSON, "Kammerer", "Roland Kammerer"),
    (Kind.WORDS, "C", "C++"),
    (Kind.WORDS, "C#", "C++"),
    (Kind.WORDS, ".NET", "Net"),
    (Kind.WORDS, "SCSI", "iSCSI"),
    (Kind.WORDS, "IPv4", "IPv6"),
    (Kind.WORDS, "import", "export"),
    (Kind.WORDS, "virtio-blk", "virtio-net"),
    (Kind.WORDS, "operators", "operations"),
    (Kind.WORDS, "linstor-api-go", "linstor-api-py"),
    (Kind.WORDS, "DRBD 8 kernel", "DRBD 9 kernel"),
    (Kind.WORDS, "bus", "bu"),
    (Kind.WORDS, "日本", "中国"),
    (Kind.WORDS, "???", "!!!"),
]


def named(*names):
    return [Named(number, f"slug-{number}", name) for number, name in enumerate(names)]


@pytest.mark.parametrize(("kind", "one", "other"), ALIKE)
def test_names_that_look_alike_are_suspected(kind, one, other):
    things = named(one, other)
    assert why(*things, kind)
    assert why(*reversed(things), kind)
    assert list(pairs(things, kind)) == [(*things, why(*things, kind))]


@pytest.mark.parametrize(("kind", "one", "other"), NOT_ALIKE)
def test_names_that_are_two_are_not_suspected(kind, one, other):
    things = named(one, other)
    assert why(*things, kind) == ""
    assert list(pairs(things, kind)) == []


def test_other_name_of_one_that_is_the_name_of_another_is_suspected():
    kubernetes = Named(1, "kubernetes", "Kubernetes", ("K8s",))
    k8s = Named(2, "k8s", "k8s")
    reason = "“K8s” is another name of “Kubernetes”."
    assert list(pairs([k8s, kubernetes], Kind.WORDS)) == [(k8s, kubernetes, reason)]


def test_other_name_of_both_is_suspected():
    one, other = Named(1, "a", "Some", ("HA",)), Named(2, "b", "Other", ("ha",))
    assert list(pairs([one, other], Kind.WORDS)) == [(one, other, "Both are also called “HA”.")]


def test_each_of_several_that_look_alike_is_paired_with_each():
    assert len(list(pairs(named("Disk", "disk", "disks"), Kind.WORDS))) == 3


@pytest.mark.parametrize("kind", Kind)
def test_thousands_of_names_are_not_compared_each_with_each(kind, monkeypatch):
    compared = []
    monkeypatch.setattr(f"{why.__module__}.why", lambda *pair: compared.append(pair) or "")
    things = named(*(f"Entry {number} of many" for number in range(2_500)))
    same = named(*("The very same",) * 2_500)
    list(pairs(things, kind))
    list(pairs(same, kind))
    assert len(compared) < 3 * len(same)
