"""发信:设了 ``GONGKAI_SMTP_HOST`` 才发;发不出去只记日志,不耽误办事。信里不放查询码、证件号码一类的东西。"""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

logger = logging.getLogger(__name__)


def ready() -> bool:
    """Whether mail is set up on this site."""
    return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL)


def send(to: str, subject: str, body: str) -> bool:
    """Send one letter; whether the mail server took it. Never within a transaction: the server may be slow."""
    if not ready():
        return False
    try:
        return send_mail(subject, body, None, [to]) == 1
    except (OSError, SMTPException) as error:
        # 只记是哪一种错:服务器的话里有收件人的地址
        logger.warning("没有寄出“%s”：%s", subject, type(error).__name__)
        return False
