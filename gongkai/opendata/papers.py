"""受限开放的协议(DOCX):写明数据、用途、期限、禁止的事和销毁。"""

from __future__ import annotations

from gongkai.adapters.render import word
from gongkai.adapters.render.paper import Paper
from gongkai.desk.moments import local_day
from gongkai.law import params
from gongkai.law.marks import long_day

from .models import Application


def agreement(application: Application) -> bytes:
    """The agreement of a granted application; its terms are those of the application and of the decision."""
    assert application.decided_at is not None and application.expires_on is not None
    day = local_day(application.decided_at)
    dataset = application.dataset
    destroy = params.at("opendata.destroy_days", day)
    holder = application.contact.get("holder") or application.contact.get("name", "")
    body = (
        f"甲方（数据提供单位）：{dataset.agency}",
        f"乙方（数据使用人）：{holder}",
        f"一、数据。甲方按受限开放的条件，向乙方提供数据集“{dataset}”（编号{dataset.code}）。开放条件：{dataset.conditions}",
        f"二、用途。乙方只将数据用于：{application.purpose}。使用的平台、系统或者应用：{application.place}。不得用于其他用途。",
        f"三、期限。自{long_day(day)}起至{long_day(application.expires_on)}止。需要继续使用的，到期以前另行申请。",
        f"四、保管。{application.safeguards}。乙方不得将原始数据提供给没有授权的第三方，不得用数据识别具体的自然人。",
        "五、注明来源。利用数据形成的成果，应当注明数据的提供单位、名称和取得的日期，不得声称得到官方认可。",
        f"六、终止和销毁。期限届满，或者甲方书面通知终止的，乙方自终止之日起{destroy.value}{destroy.unit}内销毁数据及其副本，并告知甲方。",
        "七、违约。乙方违反约定的，甲方可以关闭其取得数据的权限；造成损失的依法承担责任。",
        *((f"八、其他。{application.terms}",) if application.terms else ()),
        "甲方（盖章）：　　　　　　　　　　乙方（签名或者盖章）：",
    )
    return word.render(
        Paper(
            title="公共数据受限开放使用协议",
            body=body,
            number=f"申请编号：{application.number}",
            signer=str(dataset.agency),
            day=long_day(day),
            seal=False,
        )
    )
