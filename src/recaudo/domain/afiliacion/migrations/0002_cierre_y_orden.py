"""Months closed to events, collation of the sort key, and what is only added."""

from pathlib import Path

from django.db import migrations, models

import recaudo.infra.orm

SQL = (Path(__file__).parent / "sql" / "guardas.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """The table of closed months and the guards."""

    dependencies = [("afiliacion", "0001_initial"), ("audit", "0002_guardas")]
    operations = [
        migrations.AlterField(
            model_name="empleador",
            name="clave_orden",
            field=models.CharField(
                db_collation="C",
                help_text="Razón social para ordenar en español.",
                max_length=220,
            ),
        ),
        migrations.CreateModel(
            name="CierreNovedades",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("periodo", recaudo.infra.orm.PeriodoField(unique=True, verbose_name="período")),
                ("cerrado_en", models.DateField(verbose_name="cerrado")),
                ("hecho_id", models.BigIntegerField()),
            ],
            options={"verbose_name": "cierre de novedades"},
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
