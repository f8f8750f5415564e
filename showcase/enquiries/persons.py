"""What is kept of a person: taken along, or forgotten."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from .models import Enquiry, EnquiryQuerySet

FIELDS = ("name", "email", "message", "consented_at", "received_at", "state", "answer_note")


def as_json(enquiries: EnquiryQuerySet) -> str:
    """Write down enquiries with all that is kept of them."""
    records = [_record(enquiry) for enquiry in enquiries.select_related("project")]
    return json.dumps(records, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False) + "\n"


def _record(enquiry: Enquiry) -> dict[str, Any]:
    return {
        "kind": enquiry.get_kind_display(),
        "project": enquiry.project and enquiry.project.slug,
        **{name: getattr(enquiry, name) for name in FIELDS},
    }
