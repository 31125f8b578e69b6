"""What a newcomer reads when the demo stands: who can sign in, and what to look at first."""

from typing import Final

from lienthong.dossiers.public import Dossier
from lienthong.identity.public import DEMO_PASSWORD
from lienthong.site.demo.cast import Cast

TEXT: Final = """
  Liên Thông is ready: {dossiers:,} dossiers.   http://localhost:{port}

  Everybody's password is  {password}
  One-time codes for the second step:  http://localhost:{port}/dang-nhap/ma-demo

  Citizen              {hanh}   Nguyễn Thị Minh Hạnh: register her son's birth
  One-stop officer     van.le         receives what was filed
  Handler              long.pham      examines, asks for papers, proposes
  Leader               hau.vo         decides and signs
  Data steward         ai.truong      receives sectors' files, decides what a machine may not
  Committee secretary  anh.do         the national page, from any figure down to the dossiers
  Committee chair      son.trinh      turns a late dossier into a task
  Province's chair     nga.phan       sees the task, reports what is in the way

  Look first at  /              the citizens' hall
                 /can-bo/       the officers' desk
                 /du-lieu/      the stewards' hall
                 /dieu-hanh/    the console
"""


def welcome(port: int) -> str:
    return TEXT.format(
        dossiers=Dossier.objects.count(), port=port, password=DEMO_PASSWORD, hanh=Cast.HANH.value
    )
