"""A payment changes only what no index watches, and beside the row it changes."""

from django.db import migrations

#: The payments of one statement change every row of a page: the new versions fit beside the old.
ESPACIO = "ALTER TABLE obligaciones_obligacion SET (fillfactor = 45)"


class Migration(migrations.Migration):
    """The nightly close and the emission of glosas read the whole table, once a day."""

    dependencies = [("obligaciones", "0002_guardas")]
    operations = [
        migrations.RemoveIndex("obligacion", "obligacion_por_entrar_en_mora"),
        migrations.RemoveIndex("obligacion", "obligacion_en_mora"),
        migrations.RunSQL(ESPACIO, migrations.RunSQL.noop),
    ]
