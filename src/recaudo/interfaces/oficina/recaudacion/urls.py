"""Addresses of collection."""

from django.urls import path

from recaudo.interfaces.oficina.recaudacion import (
    actos_de_extracto,
    actos_de_linea,
    avisos,
    cargos,
    cuentas,
    extractos,
    lotes,
    valores,
)

urlpatterns = [
    path("extractos/", extractos.lista, name="extractos"),
    path("extractos/importar/", extractos.importar, name="importar_extracto"),
    path("extractos/por-aclarar/", extractos.por_aclarar, name="aclarar"),
    path("extractos/<int:extracto_id>/", extractos.ficha_de_extracto, name="extracto"),
    path("cuentas/", cuentas.cuentas, name="cuentas_bancarias"),
    path("cuentas/<int:cuenta_id>/", cuentas.ficha, name="cuenta"),
    path("cuentas/registrar/", cuentas.registrar, name="registrar_cuenta"),
    path(
        "extractos/<int:extracto_id>/confirmar/",
        actos_de_extracto.confirmar,
        name="confirmar_extracto",
    ),
    path(
        "extractos/<int:extracto_id>/liberar/",
        actos_de_extracto.liberar,
        name="liberar_extracto",
    ),
    path(
        "extractos/<int:extracto_id>/rechazar/",
        actos_de_extracto.rechazar,
        name="rechazar_extracto",
    ),
    path(
        "extractos/lineas/<int:linea_id>/declarar/",
        actos_de_linea.declarar,
        name="declarar_linea",
    ),
    path(
        "extractos/lineas/<int:linea_id>/revertir/",
        actos_de_linea.revertir,
        name="revertir_linea",
    ),
    path(
        "extractos/lineas/<int:linea_id>/desmentir/",
        avisos.desmentir,
        name="desmentir_aviso",
    ),
    path(
        "extractos/lineas/<int:linea_id>/desmentir/decidir/",
        avisos.decidir,
        name="decidir_desmentido",
    ),
    path(
        "extractos/lineas/<int:linea_id>/lote/",
        lotes.reconocer,
        name="reconocer_lote",
    ),
    path(
        "extractos/lineas/<int:linea_id>/lote/revertir/",
        lotes.revertir,
        name="revertir_lote",
    ),
    path("extractos/<int:extracto_id>/lineas/", extractos.lineas, name="lineas"),
    path("debitos/", cargos.lista, name="cargos"),
    path("debitos/<int:cargo_id>/", cargos.ficha, name="cargo"),
    path("debitos/<int:cargo_id>/proponer/", cargos.proponer, name="proponer_cargo"),
    path("debitos/<int:cargo_id>/decidir/", cargos.decidir, name="decidir_cargo"),
    path("valores/", valores.lista_de_valores, name="valores"),
    path("valores/aplicar/", valores.aplicar_varios, name="aplicar_valores"),
    path("valores/<int:valor_id>/", valores.ficha_de_valor, name="valor"),
    path("valores/<int:valor_id>/aplicar/", valores.aplicar, name="aplicar_valor"),
]
