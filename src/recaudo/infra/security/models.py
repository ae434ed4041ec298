"""Users (one natural person each) and the roles they hold, with dates."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from recaudo.infra.security.roles import ROLES


class UsuarioManager(BaseUserManager["Usuario"]):
    """Creates users by their identification."""

    def create_user(
        self, identificacion: str, nombre: str, clave: str | None = None, correo: str = ""
    ) -> "Usuario":
        """Create a person who may log in; without `clave` the account cannot log in."""
        usuario = self.model(identificacion=identificacion, nombre=nombre, correo=correo)
        usuario.set_password(clave)
        usuario.save(using=self._db)
        return usuario


class Usuario(AbstractBaseUser):
    """A natural person who logs in with the identification (cédula, RUC or code)."""

    identificacion = models.CharField("identificación", max_length=20, unique=True)
    nombre = models.CharField("nombre", max_length=160)
    correo = models.EmailField("correo electrónico", blank=True)
    is_active = models.BooleanField("activo", default=True)
    creado_en = models.DateTimeField("creado", auto_now_add=True)

    objects: ClassVar[UsuarioManager] = UsuarioManager()

    USERNAME_FIELD = "identificacion"
    EMAIL_FIELD = "correo"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["nombre"]

    class Meta:
        verbose_name = "usuario"

    def __str__(self) -> str:
        return f"{self.nombre} ({self.identificacion})"


class Asignacion(models.Model):
    """A role held by a user over [desde, hasta); `provincia` only for provincial roles."""

    usuario = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="asignaciones")
    rol = models.CharField(
        "rol", max_length=8, choices=[(r.codigo, r.nombre) for r in ROLES.values()]
    )
    provincia = models.CharField("provincia (código)", max_length=2, blank=True)
    desde = models.DateField("desde")
    hasta = models.DateField("hasta (exclusive)", null=True, blank=True)

    class Meta:
        verbose_name = "asignación de rol"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hasta__isnull=True) | Q(hasta__gt=F("desde")),
                name="asignacion_hasta_despues_de_desde",
                violation_error_message="La fecha de fin debe ser posterior a la de inicio.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usuario} · {self.rol}"


class IntentoDeEntrada(models.Model):
    """One failed or good login, kept so that guessing gets slower without locking a victim out."""

    identificacion = models.CharField(max_length=20)
    origen = models.CharField(max_length=45)
    en = models.DateTimeField()
    exito = models.BooleanField()

    class Meta:
        verbose_name = "intento de entrada"
        indexes: ClassVar = [
            models.Index(fields=["identificacion", "-en"], name="intento_por_cuenta"),
            models.Index(fields=["origen", "-en"], name="intento_por_origen"),
        ]

    def __str__(self) -> str:
        return f"{self.identificacion} {self.en:%Y-%m-%d %H:%M}"
