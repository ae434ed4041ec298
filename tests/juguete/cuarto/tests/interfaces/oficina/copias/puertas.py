"""Who may open the addresses of the copies."""

from recaudo.infra.security.permisos import Permiso

PUERTAS = {
    "oficina/copias/": Permiso.COPIAS_VER,
    "oficina/copias/liquidar/": Permiso.COPIAS_LIQUIDAR,
    "oficina/copias/<int:pedido_id>/": Permiso.COPIAS_VER,
    "oficina/copias/<int:pedido_id>/retirar/": Permiso.COPIAS_LIQUIDAR,
}
