from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnquiriesConfig(AppConfig):
    name = "lienthong.enquiries"
    label = "enquiries"
    verbose_name = _("Câu hỏi về dữ liệu")
    default_auto_field = "django.db.models.BigAutoField"
