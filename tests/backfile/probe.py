"""历史信息和移交的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from gongkai.backfile import actions
from gongkai.backfile.models import (
    Address,
    Archive,
    Batch,
    Intake,
    Item,
    OldSite,
    Opening,
    Pair,
    Transfer,
    TransferRow,
)
from gongkai.backfile.terms import ItemState, Way

#: Doors that open to whoever sees the batch; each act asks for its own right.
BY_THE_CASE = {"backfile_act_batch", "backfile_letter"}


def samples(own, at, secret):
    """An intake with a paper, a pair, a batch and a hand-over of the agency, each as secret as a draft."""
    intake = Intake.objects.create(agency=own.agency, way=Way.LIST, name=secret, opened=True, by=own.clerk, at=at)
    rows = [
        Item.objects.create(
            intake=intake,
            agency=own.agency,
            path=f"{n}",
            title=secret,
            text=secret,
            year=2006,
            read={"title": {"value": secret, "sure": 1}},
            state=ItemState.CHECKING,
        )
        for n in range(3)
    ]
    given = {"hosts": ["old.example"], "start": "http://old.example/", "basis": secret}
    site = OldSite.objects.create(agency=own.agency, name=secret, by=own.office, at=at, **given)
    Address.objects.create(intake=intake, url=f"http://old.example/{secret}", path=f"/{secret}", item=rows[0])
    Archive.objects.create(intake=intake, number=1, sha256="0" * 64, size=1, count=1, at=at)
    pair = Pair.objects.create(item=rows[0], other=rows[1], likeness=0.9, likely="same")
    batch = Batch.objects.create(agency=own.agency, name=secret, at=at)
    opening = Opening.objects.create(batch=batch, item=rows[2])
    span = {"fonds": "1031", "archive": "馆", "since": 2006, "until": 2006}
    transfer = actions.open_transfer(own.agency, span, by=own.clerk, at=at)
    row = actions.save_row(transfer, None, {"title": secret}, by=own.clerk, at=at)
    assert isinstance(transfer, Transfer) and isinstance(row, TransferRow)
    on_item = ("item", "picture", "original", "refuse", "press")
    on_transfer = ("transfer", "edit_transfer", "fill", "new_row", "hand_over", "publish", "nothing", "paper")
    named = {
        **dict.fromkeys(("intake", "switch", "visits", "archive"), intake.pk),
        **dict.fromkeys(("crawl", "end_site"), site.pk),
        **dict.fromkeys(on_item, rows[0].pk),
        "pair": pair.pk,
        **dict.fromkeys(("batch", "act_batch"), batch.pk),
        **dict.fromkeys(("opening", "take_out"), opening.pk),
        **dict.fromkeys(on_transfer, transfer.pk),
        **dict.fromkeys(("row", "drop_row", "letter"), row.pk),
    }
    return {
        "pks": {f"backfile_{name}": pk for name, pk in named.items()},
        "arguments": {
            "backfile_switch": {"to": "stop"},
            "backfile_archive": {"number": 1},
            "backfile_picture": {"number": 1},
            "backfile_press": {"key": "read"},
            "backfile_act_batch": {"key": "together"},
            "backfile_paper": {"part": "inner", "suffix": "csv"},
            "backfile_holding": {"year": 2006, "kind": "numbered"},
        },
    }
