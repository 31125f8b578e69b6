"""The stewards' hall."""

from django.urls import URLPattern

app_name = "steward"
urlpatterns: list[URLPattern] = []
