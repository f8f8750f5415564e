"""The page itself, which asks the database for nothing."""

from django.shortcuts import render

from projects.filters import SORTS
from projects.licences import Certainty
from projects.models import ChangelogEntry, Contribution, Project, Source

from ..enquiries.forms import EnquiryForm
from . import examples, texts, tokens

# The parts of the page and what each shows; the templates have the same names.
PARTS = {
    "Foundations": ["Colours", "Type", "Spacing", "Icons", "Monograms", "Paper"],
    "Labels": ["Badges", "Statuses", "Licences", "Tags", "Chips"],
    "Controls": ["Buttons", "Search", "Choices", "Form", "Theme and shortcuts"],
    "Lists": ["Cards", "Tray", "Order", "Facets", "Pagination", "Nothing found", "Offers"],
    "Entry": ["Way back", "Contents list", "Facts", "Choice", "Asking", "Helping", "Notices"],
    "Stories": ["Relations", "Timeline", "Changelog", "Contributions", "Ledger", "Evidence"],
    "Texts": ["Prose", "Code", "Tables", "Admonitions", "Another language"],
}
LABELS = [Project.Status, Contribution.State, ChangelogEntry.Kind, Source.Confidence, Certainty]


def styleguide(request):
    context = {
        # Otherwise asked of the database.
        "prose": (),
        "parts": PARTS,
        "swatches": tokens.swatches(),
        "type_sizes": tokens.sizes("text"),
        "spaces": tokens.sizes("space"),
        "icon_names": tokens.icons(),
        "hues": tokens.hues(),
        "labels": [(choices.__qualname__, choices.choices) for choices in LABELS],
        "sorts": SORTS,
        "form": EnquiryForm({"email": "name at example.org", "moment": ""}),
        "texts": texts,
        **examples.of_labels(),
        **examples.of_lists(),
        **examples.of_entries(),
        **examples.of_stories(),
    }
    return render(request, "styleguide/styleguide.html", context)
