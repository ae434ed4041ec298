"""Triggers and constraints written in SQL: `sql/lineas.sql`."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "lineas.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """What the database itself refuses."""

    dependencies = [
        ('planillas', '0001_initial'), ('audit', '0002_guardas'), ('afiliacion', '0001_initial'),
        ('contabilidad', '0002_libro'),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
