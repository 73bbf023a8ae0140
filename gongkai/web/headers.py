"""公众网页的响应头:当场给的、由程序发文件的、由网页服务器发文件的,三处一样(有测试核对)。"""

from __future__ import annotations

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=()"
#: HTML may be kept but must be asked for again each time: what was withdrawn is not shown from a cache.
ALWAYS_ASK = "no-cache"

#: What every public file carries.
PUBLIC = {
    "Cache-Control": ALWAYS_ASK,
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HSTS = ("Strict-Transport-Security", "max-age=31536000")

#: 工作台和账号的页面(连同它们的 403、404)一律不许留存(C76)。
PRIVATE = ("/desk/", "/account/", "/outside-review/")
