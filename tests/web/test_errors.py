"""出错的页自己不出错:数据库没有了,也说得出一句话。"""

from django.test import RequestFactory

from gongkai.web.views.errors import broken


def test_the_500_page_asks_no_database():
    """No mark for the database: a query here fails the test."""
    response = broken(RequestFactory().get("/"))
    text = response.content.decode()
    assert response.status_code == 500 and "系统出错了" in text and "gongkai/css/base" in text
