"""Sign-in and its second step. Only what is listed here of django-allauth can be reached:
no sign-up, no e-mail pages, no password reset by e-mail. Its names stay, since it reverses them.
"""

from allauth.account.views import LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as SecondStepAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from lienthong.identity import forms
from lienthong.identity.pages import accounts
from lienthong.identity.pages import signing_in as pages

urlpatterns = [
    path("dang-nhap/", pages.sign_in_citizen, name="account_login"),
    path("dang-nhap/can-bo/", pages.sign_in_officer, name="sign_in_officer"),
    path(
        "dang-nhap/buoc-hai/",
        AuthenticateView.as_view(
            template_name="identity/second_step.html",
            form_class=forms.SecondStepForm,
            webauthn_form_class=forms.PasskeyForm,
        ),
        name="mfa_authenticate",
    ),
    path("dang-nhap/ma-demo", pages.demo_codes, name="demo_codes"),
    path("dang-nhap/tiep-tuc/", pages.go_on, name="go_on"),
    path("dang-xuat/", LogoutView.as_view(http_method_names=["post"]), name="account_logout"),
    path(
        "xac-nhan-lai/",
        never_cache(
            ReauthenticateView.as_view(
                template_name="identity/again.html", form_class=forms.PasswordAgainForm
            )
        ),
        name="account_reauthenticate",
    ),
    path(
        "xac-nhan-lai/ma/",
        never_cache(
            SecondStepAgainView.as_view(
                template_name="identity/again.html", form_class=forms.SecondStepAgainForm
            )
        ),
        name="mfa_reauthenticate",
    ),
    path(
        "xac-nhan-lai/khoa/",
        never_cache(
            ReauthenticateWebAuthnView.as_view(
                template_name="identity/again_passkey.html", form_class=forms.PasskeyAgainForm
            )
        ),
        name="mfa_reauthenticate_webauthn",
    ),
    path("vai-tro/", pages.choose_duty, name="choose_duty"),
    path("tai-khoan/bao-mat/", pages.second_steps, name="mfa_index"),
    path("tai-khoan/bao-mat/bat-dau/", pages.enrol_second_step, name="enrol_second_step"),
    path(
        "tai-khoan/bao-mat/ung-dung/",
        never_cache(pages.EnrolApp.as_view(form_class=forms.EnrolAppForm)),
        name="mfa_activate_totp",
    ),
    path(
        "tai-khoan/bao-mat/ung-dung/da-co/",
        RedirectView.as_view(pattern_name="mfa_index"),
        name="mfa_deactivate_totp",
    ),
    path(
        "tai-khoan/bao-mat/khoa/",
        never_cache(pages.AddPasskey.as_view(form_class=forms.AddPasskeyForm)),
        name="mfa_add_webauthn",
    ),
    path("tai-khoan/bao-mat/<int:pk>/go/", pages.remove_second_step, name="remove_second_step"),
    path(
        "tai-khoan/bao-mat/ma-du-phong/",
        never_cache(ViewRecoveryCodesView.as_view(template_name="identity/recovery_codes.html")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "tai-khoan/bao-mat/ma-du-phong/moi/",
        never_cache(GenerateRecoveryCodesView.as_view(template_name="identity/new_recovery_codes.html")),
        name="mfa_generate_recovery_codes",
    ),
    path("quan-tri/tai-khoan/", accounts.accounts, name="accounts"),
    path("quan-tri/tai-khoan/moi/", accounts.new_account, name="new_account"),
    path("quan-tri/tai-khoan/<int:pk>/", accounts.account, name="account"),
    path("quan-tri/tai-khoan/<int:pk>/<slug:name>/", accounts.change, name="change_account"),
    path("tai-khoan/mat-khau/", pages.change_password, name="change_password"),
]
