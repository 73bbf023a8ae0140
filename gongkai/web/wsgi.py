"""WSGI 入口:granian 和其他服务器由此启动。公众网页有文件就直接发,其余交给 Django。"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from gongkai.org import vault  # noqa: E402

from .files import PublicFiles  # noqa: E402
from .publisher import publisher  # noqa: E402

vault.say_faults()
publisher.fit()
# 各应用的视图这时装好:不留给起来以后(或者重新起来以后)的头一个人等上几秒
_ = get_resolver().url_patterns
application = PublicFiles(_django, publisher.root(), trust=publisher.TRUST, https=settings.HTTPS)
