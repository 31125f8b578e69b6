from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "lienthong.documents"
    label = "documents"
    verbose_name = _("Tệp và giấy tờ")
    default_auto_field = "django.db.models.BigAutoField"
