"""Sort keys are compared byte by byte, whatever the locale of the server."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Collation of the sort keys."""

    dependencies = [("organizacion", "0001_initial")]
    operations = [
        migrations.AlterField(
            model_name="canton",
            name="clave_orden",
            field=models.CharField(db_collation="C", max_length=100),
        ),
        migrations.AlterField(
            model_name="provincia",
            name="clave_orden",
            field=models.CharField(
                db_collation="C",
                help_text="Para ordenar en español, sin depender del servidor.",
                max_length=80,
            ),
        ),
    ]
