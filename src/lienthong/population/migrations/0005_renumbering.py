"""A record may begin under a new number, in the place of one that no longer fits: a kind of event of its own."""

from django.db import migrations, models

KINDS = {
    "entry": "Nhập từ cơ sở dữ liệu trước",
    "birth": "Khai sinh",
    "marriage": "Kết hôn",
    "divorce": "Ly hôn",
    "widowing": "Vợ hoặc chồng chết",
    "move": "Thay đổi nơi thường trú",
    "household": "Thay đổi hộ gia đình",
    "naming": "Thay đổi họ, chữ đệm, tên",
    "correction": "Cải chính, bổ sung",
    "death": "Khai tử",
    "missing": "Tòa án tuyên bố mất tích",
    "found": "Tòa án hủy tuyên bố mất tích hoặc đã chết",
    "emigration": "Ra nước ngoài định cư",
    "return": "Trở về cư trú",
    "continuation": "Hủy số định danh, tiếp tục ở số khác",
    "renumbering": "Cấp số định danh mới",
    "annulment": "Hoàn tác",
}


class Migration(migrations.Migration):
    dependencies = [("population", "0004_attributes_by_partition")]

    operations = [
        migrations.RemoveConstraint(model_name="liferow", name="population_life_event_kind"),
        migrations.AddConstraint(
            model_name="liferow",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", list(KINDS))), name="population_life_event_kind"
            ),
        ),
        migrations.AlterField(
            model_name="liferow",
            name="kind",
            field=models.TextField(verbose_name="sự kiện", choices=list(KINDS.items())),
        ),
    ]
