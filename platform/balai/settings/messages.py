"""How messages leave: mail, SMS, WhatsApp, web push."""

from balai import env

EMAIL_BACKEND = env.text("BALAI_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
# Who is told of openings to check, claims and requests to go live.
OPERATOR_EMAILS = env.words("BALAI_OPERATOR_EMAILS")
DEFAULT_FROM_EMAIL = env.text("BALAI_FROM_EMAIL", "Balai <tidak-dijawab@localhost>")
NOTIFY_CHANNELS = {
    "email": "balai.notify.channels.EmailChannel",
    "sms": env.text("BALAI_SMS_CHANNEL", "balai.notify.channels.ConsoleChannel"),
    "whatsapp": env.text(
        "BALAI_WHATSAPP_CHANNEL",
        "balai.notify.channels.WhatsAppConsoleChannel" if env.flag("BALAI_DEMO") else "",
    ),
    "push": "balai.notify.push.channel.PushChannel",
}
GATEWAY_URL = env.text("BALAI_GATEWAY_URL", "")
GATEWAY_METHOD = env.text("BALAI_GATEWAY_METHOD", "POST")
GATEWAY_HEADERS = env.secret("BALAI_GATEWAY_HEADERS", "{}")
GATEWAY_BODY = env.text("BALAI_GATEWAY_BODY", '{"to": "$to", "message": "$text"}')
WHATSAPP_GATEWAY_URL = env.text("BALAI_WHATSAPP_GATEWAY_URL", "")
WHATSAPP_GATEWAY_METHOD = env.text("BALAI_WHATSAPP_GATEWAY_METHOD", "POST")
WHATSAPP_GATEWAY_HEADERS = env.secret("BALAI_WHATSAPP_GATEWAY_HEADERS", "{}")
WHATSAPP_GATEWAY_BODY = env.text("BALAI_WHATSAPP_GATEWAY_BODY", '{"to": "$to", "message": "$text"}')
