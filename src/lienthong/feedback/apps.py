from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "lienthong.feedback"
    label = "feedback"
    verbose_name = _("Đánh giá của người dân")
    default_auto_field = "django.db.models.BigAutoField"
