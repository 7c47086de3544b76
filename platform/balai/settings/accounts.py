"""What django-allauth and our sign-in read."""

from balai import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "balai.modules.gate.ModuleGateBackend",
    "balai.accounts.backends.RoleBackend",
    "balai.accounts.backends.SignInBackend",
    "balai.accounts.backends.PlatformProofBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "phone", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# One field, an e-mail address or a mobile number; a code instead of a password, never a link.
ACCOUNT_ADAPTER = "balai.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# What allauth is told; our form has one field for either (accounts/forms.py).
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]
ACCOUNT_FORMS = {
    "login": "balai.accounts.forms.LoginForm",
    "signup": "balai.accounts.forms.SignupForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}

# How many proxies of ours add to X-Forwarded-For; 0 believes the connection alone.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("BALAI_TRUSTED_PROXIES", 0)

# Per region, allauth's own. One address of a mobile carrier stands for thousands of phones, so
# limits by address are wide; those by account and by recipient are narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "signup": "60/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "request_login_code": "120/m/ip,3/m/key",
    "reset_password": "60/m/ip,3/m/key",
    "reset_password_from_key": "60/m/ip",
    "verify_phone": "1/30s/key,60/m/ip",
    "change_phone": "5/m/user",
}
# Over all regions together: (times, seconds).
GLOBAL_RATE_LIMITS = {
    "entrance.ip": (1200, 600),
    "guess.account": (20, 3600),
    "code.recipient": (10, 900),
    "code.recipient.day": (40, 86_400),
    "sms.ip": (120, 3600),
    "push.ip": (120, 3600),
    "operations.act": (120, 600),
    # BMKG allows 60 requests a minute and address, for all regions of this deployment together.
    "feed.host": (30, 60),
}

# Second factor: "live" asks for it where citizens are served, "always" or "never".
SECOND_FACTOR = env.text("BALAI_SECOND_FACTOR", "never" if env.flag("BALAI_DEMO") else "live")
MFA_ADAPTER = "balai.accounts.mfa_adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
# Passkeys work on https and on localhost; the origin's scheme is checked by the library, which
# needs this for http://<city>.localhost:8000.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = env.text("BALAI_SCHEME", "https") == "http"

# The region's own OpenID Connect provider (balai.signon). Times in seconds.
IDP_OIDC_ADAPTER = "balai.signon.adapter.SignOnAdapter"
IDP_OIDC_ID_TOKEN_EXPIRES_IN = 5 * 60
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 15 * 60
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 30 * 24 * 3600
IDP_OIDC_ROTATE_REFRESH_TOKEN = True
IDP_OIDC_AUTHORIZATION_CODE_EXPIRES_IN = 60
# Passwords first; the last one is for client secrets, which are random (balai.signon.hashers).
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "balai.signon.hashers.RandomSecretHasher",
]
