"""Lists in pages, as every room shows them."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext
from django.views.generic import ListView


class ForgivingListView(ListView):
    """A list in pages, where a page that does not exist shows the nearest one that does."""

    paginate_by = 24

    def paginate_queryset(self, queryset, page_size):
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page = context["page_obj"].number
        wanted = self.request.GET.get("page", "")
        if wanted and wanted != str(page):
            shown = "".join(filter(str.isprintable, wanted))[:20]
            notice = gettext("There is no page “%(wanted)s”; this is page %(page)s.")
            context["page_notice"] = notice % {"wanted": shown, "page": page}
        asked = [*self.parameters(), *([("page", page)] if page > 1 else [])]
        query = f"?{urlencode(asked)}" if asked else ""
        canonical_url = f"{settings.BASE_URL}{self.request.path}{query}"
        return {**context, "list_query": query, "canonical_url": canonical_url}

    def parameters(self):
        """Return what makes this list another one than the whole."""
        return []
