"""Triggers and constraints written in SQL: `sql/guardas.sql` and `sql/detalle_vivo.sql`."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).parent / "sql"
GUARDAS = (_SQL / "guardas.sql").read_text(encoding="utf-8")
DETALLE_VIVO = (_SQL / "detalle_vivo.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """What the database itself refuses."""

    dependencies = [("recaudacion", "0001_initial"), ("audit", "0002_guardas")]
    operations = [
        migrations.RunSQL(GUARDAS, migrations.RunSQL.noop),
        migrations.RunSQL(DETALLE_VIVO, migrations.RunSQL.noop),
    ]
