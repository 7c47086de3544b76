"""What the operator's invoices say, and the way to Stripe. All of it may stay unset."""

from balai import env

# The seller on invoices, and where money goes. Without an account the operator tells it by mail.
SELLER_NAME = env.text("BALAI_SELLER_NAME", "Balai")
SELLER_ADDRESS = env.text("BALAI_SELLER_ADDRESS", "")
SELLER_NPWP = env.text("BALAI_SELLER_NPWP", "")
BANK_NAME = env.text("BALAI_BANK_NAME", "")
BANK_ACCOUNT = env.text("BALAI_BANK_ACCOUNT", "")
BANK_HOLDER = env.text("BALAI_BANK_HOLDER", "")
# Digits the bank gave for virtual accounts; each invoice then has a number of its own.
VIRTUAL_ACCOUNT_PREFIX = env.text("BALAI_VIRTUAL_ACCOUNT_PREFIX", "")
INVOICE_DUE_DAYS = env.number("BALAI_INVOICE_DUE_DAYS", 30)
# PPN in percent on top of the plan's price; 0 for a seller who is no taxable entrepreneur (PKP).
INVOICE_TAX_PERCENT = env.number("BALAI_INVOICE_TAX_PERCENT", 0)

# Without a key paid plans are ordered by invoice; everything else works.
STRIPE_API_KEY = env.secret("STRIPE_API_KEY", "")
STRIPE_WEBHOOK_SECRET = env.secret("STRIPE_WEBHOOK_SECRET", "")
STRIPE_API_BASE = env.text("STRIPE_API_BASE", "")  # another address of the API; "" is Stripe's own
