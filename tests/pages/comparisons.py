"""What the tests of comparisons share: two entries, other tools, and a way to read the page."""

from projects.models import Alternative
from tests.factories import A_DAY, make_project

PAIR = "project=virter&project=vmshed"


def make_pair():
    """Make two entries that agree on some things and not on others."""
    virter = make_project(
        licence="Apache-2.0", use_when="You test kernels.\nYou test storage.", reviewed_on=A_DAY
    )
    vmshed = make_project("vmshed", licence="Apache-2.0", tagline="Runs tests in machines.")
    return virter, vmshed


def name_other_tools(virter, vmshed):
    """Make both entries speak of tools outside the catalogue."""
    for project, name, url, difference in (
        (virter, "Vagrant", "https://example.org/vagrant", "Sits closer to Linux."),
        (vmshed, "vagrant", "", "Runs many at once."),
        (virter, "virsh", "", "Is quicker."),
    ):
        Alternative.objects.create(project=project, name=name, url=url, difference=difference)


def columns(page):
    heads = page.one("thead").all("th")
    return [head.text.partition(" Remove")[0] for head in heads]


def rows(page):
    """Return the texts of the cells by the heading of their row."""
    return {
        row.one("th").text: [cell.text for cell in row.all("td")]
        for row in page.one("tbody").all("tr")
        if row.all("th")
    }


def notices(page):
    return [notice.text for notice in page.all("p", class_="notice")]


def removal(page, name):
    return page.one("thead").links()[f"Remove {name}"]
