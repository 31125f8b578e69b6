from django.urls import path, register_converter

from lienthong.signatures import pages
from lienthong.signatures.queries import TOKEN


class TokenConverter:
    regex = TOKEN.pattern

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TokenConverter, "paper_token")

app_name = "signatures"
urlpatterns = [
    path("xac-minh/", pages.check, name="check"),
    path("xac-minh/<paper_token:token>/", pages.paper, name="paper"),
]
