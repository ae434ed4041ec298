"""Triggers and constraints written in SQL: `sql/libro.sql`."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "libro.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """What the database itself refuses."""

    dependencies = [('contabilidad', '0001_initial'), ('audit', '0002_guardas')]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
