"""Addresses, enough of them to recognise one's own."""


def mask(address: str) -> str:
    """Return "b•••@desa.id" or "+62812•••890" for an address."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}•••@{domain}"
    return f"{address[:6]}•••{address[-3:]}" if len(address) > 9 else "•••"
