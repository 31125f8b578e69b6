from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "lienthong.site"
    label = "lienthong_site"
