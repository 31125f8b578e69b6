"""How forms are drawn: govuk markup from site/templates, for every room's forms."""

from functools import cached_property
from typing import Any

from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import TemplateDoesNotExist


class Renderer(TemplatesSetting):
    """Settings' FORM_RENDERER. A widget without a template of ours falls back to Django's."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    @cached_property
    def plain(self) -> DjangoTemplates:
        return DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return self.plain.get_template(template_name)
