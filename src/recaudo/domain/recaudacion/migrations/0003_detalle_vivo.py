"""Which debts a payable comprobante holds, in a table of their own: `sql/detalle_vivo.sql`."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "detalle_vivo.sql").read_text(encoding="utf-8")
#: What a database already in use holds today.
COPIAR = """
INSERT INTO recaudacion_detallevivo (comprobante_id, obligacion_id)
SELECT comprobante_id, obligacion_id FROM recaudacion_comprobantedetalle WHERE vivo
"""


class Migration(migrations.Migration):
    """The mark `vivo` becomes a row; no index watches the state of a comprobante."""

    dependencies = [("recaudacion", "0002_guardas")]
    operations = [
        migrations.CreateModel(
            name="DetalleVivo",
            fields=[
                ("pk", models.CompositePrimaryKey("comprobante_id", "obligacion_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("comprobante_id", models.BigIntegerField()),
                ("obligacion_id", models.BigIntegerField()),
            ],
            options={"verbose_name": "detalle vivo"},
        ),
        migrations.RunSQL(COPIAR, migrations.RunSQL.noop),
        migrations.RemoveConstraint("comprobantedetalle", "detalle_en_un_solo_comprobante_vivo"),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RemoveField("comprobantedetalle", "vivo"),
        migrations.RemoveIndex("comprobante", "comprobante_por_caducar"),
    ]
