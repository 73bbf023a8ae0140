"""村务、名单里不许出现的:身份证号、银行账号、病名、残疾的类别和等级。姓名可以有,到期撤下。"""

from __future__ import annotations

import re

from gongkai.adapters.personal import personal_data

#: 手机号在村务里常是值班电话,公布以前另由人看;这几样一律不许。
_NEVER = ("身份证", "银行卡", "护照", "住址")
_ILLNESS = re.compile(
    r"(?:肺|肝|胃|肠|乳腺|宫颈|食管|甲状腺|血)癌|白血病|肿瘤|艾滋病|肝炎|肺结核|精神(?:病|分裂|障碍)|抑郁症|尿毒症|癫痫|"
    r"(?:视力|听力|言语|肢体|智力|精神|多重)残疾|残疾[一二三四1-4]级|[一二三四1-4]级残疾|重大疾病[:：]"
)
_ACCOUNT = re.compile(r"(?:账号|卡号|帐号)[:：]?\s*\d{8,}")


def forbidden(text: str) -> list[str]:
    """What of a text may not be posted, each with the words.

    >>> forbidden("某户肢体残疾，补助500元"), forbidden("本季度发放补助3户")
    (['病名或者残疾的类别、等级“肢体残疾”'], [])
    """
    found = [f"{one.label}“{one.text}”" for one in personal_data(text) if one.label.startswith(_NEVER)]
    found += [f"病名或者残疾的类别、等级“{one[0]}”" for one in _ILLNESS.finditer(text)][:3]
    return found + [f"账号“{one[0]}”" for one in _ACCOUNT.finditer(text)][:3]
