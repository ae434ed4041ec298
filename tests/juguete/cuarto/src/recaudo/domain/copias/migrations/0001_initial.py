
import recaudo.infra.orm
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PedidoDeCopias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('empleador_id', models.BigIntegerField(verbose_name='empleador')),
                ('ruc', models.CharField(max_length=13, verbose_name='RUC')),
                ('provincia', models.CharField(max_length=2)),
                ('matricula', models.BigIntegerField(verbose_name='matrícula del abogado')),
                ('fojas', models.PositiveIntegerField()),
                ('valor', recaudo.infra.orm.DineroField()),
                ('documento_id', models.BigIntegerField()),
                ('pedido_el', models.DateField()),
                ('impaga_desde', models.DateField(null=True)),
                ('estado', models.CharField(choices=[('liquidada', 'liquidada'), ('avisada', 'avisada'), ('impaga', 'impaga'), ('archivada', 'archivada'), ('en_cobro', 'en_cobro'), ('entregable', 'entregable'), ('retirada', 'retirada')], default='liquidada', max_length=12)),
                ('hecho_id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'pedido de copias',
                'indexes': [models.Index(condition=models.Q(('estado', 'impaga')), fields=['impaga_desde'], name='copias_impagas')],
                'constraints': [models.CheckConstraint(condition=models.Q(('fojas__gt', 0), ('valor__gt', 0)), name='copias_con_fojas_y_valor')],
            },
        ),
    ]
