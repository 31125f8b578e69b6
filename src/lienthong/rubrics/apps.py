from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RubricsConfig(AppConfig):
    name = "lienthong.rubrics"
    label = "rubrics"
    verbose_name = _("Bộ tiêu chí")
    default_auto_field = "django.db.models.BigAutoField"
