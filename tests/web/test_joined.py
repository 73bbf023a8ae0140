"""模板里写成几行的一句话,出来是连着的;值里的换行不动。"""

import pytest
from django.template import Context, Template

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{% joined %}\n  最迟\n  {{ on }}\n  答复。\n{% endjoined %}", "最迟明天\n后天答复。"),
        ("前 {% joined %}\n{% if on %}\n    ，有\n{% endif %}\n{% endjoined %} 后", "前 ，有 后"),
        ('<a\n {% joined %}\nclass="x"\n{% endjoined %}>', '<a\n class="x">'),
        ("{% joined %}{% for one in rows %}\n  {{ one }}、\n{% endfor %}{% endjoined %}", "1、2、"),
    ],
)
def test_breaks_of_the_template_go(written, shown):
    assert Template(written).render(Context({"on": "明天\n后天", "rows": (1, 2)})) == shown


def test_a_tag_over_several_lines_keeps_its_attributes_apart():
    text = Template(
        '{% load gongkai %}{% joined %}<a\n  href="{{ one }}"\n  class="x">看\n  这里</a>，\n  再看。{% endjoined %}'
    )
    assert text.render(Context({"one": "/x/"})) == '<a href="/x/" class="x">看这里</a>，再看。'
