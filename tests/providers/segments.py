"""How many SMS parts a text costs: GSM-7 or UCS-2, 160/153 or 70/67 units a part."""

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")


def segments(body: str) -> int:
    if not set(body) <= BASIC | EXTENSION:
        return _parts(len(body.encode("utf-16-le")) // 2, 70, 67)
    return _parts(sum(2 if letter in EXTENSION else 1 for letter in body), 160, 153)


def _parts(units: int, alone: int, joined: int) -> int:
    return 1 if units <= alone else -(-units // joined)
