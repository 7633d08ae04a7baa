"""Which network addresses may be fetched from."""

import ipaddress

# Addresses of IPv6 that carry one of IPv4 in their last 32 bits (RFC 6052).
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Tells whether an address is out on the internet.

    Private, loopback, link-local, shared, reserved and multicast addresses are not; neither are
    such addresses of IPv4 in the clothes of IPv6 (mapped, 6to4, Teredo, NAT64).

    Args:
        address: An IPv4 or IPv6 address; with a zone (`fe80::1%eth0`) it is link-local.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.scope_id is not None:
            return False
    return ip.is_global and not ip.is_multicast
