from django.apps import AppConfig


class StewardConfig(AppConfig):
    name = "lienthong.steward"
