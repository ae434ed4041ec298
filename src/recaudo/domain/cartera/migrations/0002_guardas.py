"""Triggers and constraints written in SQL: `sql/guardas.sql`."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "guardas.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """What the database itself refuses."""

    dependencies = [('cartera', '0001_initial'), ('audit', '0002_guardas'), ('documents', '0002_guardas'), ('contabilidad', '0002_libro')]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
