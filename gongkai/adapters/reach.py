"""哪些网络地址去得:人填的网址、对方的跳转都可能指向内部网络,连接以前先看它解析出的每一个地址。"""

from __future__ import annotations

import ipaddress
import socket


def addresses(host: str, port: int) -> list[str]:
    """Every address of a name. Raises OSError if there is none."""
    try:
        return list(
            dict.fromkeys(str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        )
    except UnicodeError as error:
        raise OSError(f"{host} 不是主机名") from error


#: What leads to an IPv4 address of one's own choosing or into the site, or to nobody, and counts as global to the
#: library of some versions: NAT64, 6to4 and its relays, Teredo, site-local, IPv4-compatible, AS112, documentation.
_TUNNELS = [
    ipaddress.ip_network(one)
    for one in [
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "192.88.99.0/24",
        "2001::/23",
        "fec0::/10",
        "::/96",
        "::ffff:0:0:0/96",
        "2620:4f:8000::/48",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.175.48.0/24",
        "192.0.0.0/24",
        "3fff::/20",
        "5f00::/16",
    ]
]


def is_allowed(address: str, *, private: bool = False) -> bool:
    """Whether an address may be connected to: a public one, or with ``private`` one within a private network."""
    one = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address) and one.ipv4_mapped:
        one = one.ipv4_mapped
    if not one.is_loopback and any(one in network for network in _TUNNELS):
        return False
    if one.is_multicast or one.is_link_local or one.is_unspecified or (one.is_reserved and not one.is_loopback):
        return False
    return private or one.is_global
