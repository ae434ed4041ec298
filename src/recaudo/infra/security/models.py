"""Users (one natural person each) and the roles they hold, with dates."""

from typing import ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from recaudo.infra.security.concesiones import (
    AMBOS,
    NADIE,
    SOLO_LOTES,
    concede,
    concede_tabla,
)
from recaudo.infra.security.roles import ROLES, Territorio

_VIGENCIA: Final = Func(
    F("desde"), F("hasta"), Value("[)"), function="daterange", output_field=DateRangeField()
)


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


@concede(cambian="last_login", secretas="password last_login")
class Usuario(AbstractBaseUser):
    """A natural person who logs in with the identification (cédula, RUC or code)."""

    identificacion = models.CharField("identificación", max_length=20, unique=True)
    nombre = models.CharField("nombre", max_length=160)
    correo = models.EmailField("correo electrónico", blank=True)
    is_active = models.BooleanField("activo", default=True)
    creado_en = models.DateTimeField("creado", auto_now_add=True)

    def check_password(self, raw_password: str | None) -> bool:
        """Say whether it is the password. Who enters changes nothing: only an act sets another.

        Django would keep it hashed anew when the way of hashing changes, and what is kept of a
        password is sealed.
        """
        return check_password(raw_password, self.password)

    objects: ClassVar[UsuarioManager] = UsuarioManager()

    USERNAME_FIELD = "identificacion"
    EMAIL_FIELD = "correo"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["nombre"]

    class Meta:
        verbose_name = "usuario"

    def __str__(self) -> str:
        return f"{self.nombre} ({self.identificacion})"


_CON_PROVINCIA: Final = [
    r.codigo for r in ROLES.values() if r.territorio is Territorio.EXIGE_PROVINCIA
]
_SIN_PROVINCIA: Final = [
    r.codigo
    for r in ROLES.values()
    if r.territorio is Territorio.SIN_PROVINCIA and not r.es_externo
]


@concede(cambian="hasta", quienes=NADIE)
class Asignacion(models.Model):
    """An appointment: a role held by a person over [desde, hasta), by an act (COA art. 73).

    Access begins and ends with it, the same day; one that ends the day it begins was without
    effect. A delegation names who delegates and the norm
    that allows it; it ends by revocation, term or condition, not when the holder changes.
    """

    class Calidad(models.TextChoices):
        """How it is held."""

        TITULAR = "TITULAR", "titular"
        ENCARGADO = "ENCARGADO", "por encargo"
        DELEGADO = "DELEGADO", "por delegación"

    usuario = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="asignaciones")
    rol = models.CharField("rol", max_length=8)
    provincia = models.CharField("provincia (código)", max_length=2, blank=True)
    desde = models.DateField("desde")
    hasta = models.DateField("hasta (exclusive)", null=True, blank=True)
    calidad = models.CharField(
        "calidad", max_length=9, choices=Calidad.choices, default=Calidad.TITULAR
    )
    acto_documento = models.CharField("documento de nombramiento", max_length=60, blank=True)
    acto_numero = models.CharField("número del documento", max_length=40, blank=True)
    acto_fecha = models.DateField("fecha del documento", null=True, blank=True)
    delegante = models.ForeignKey(
        Usuario, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    delegacion_norma = models.CharField("norma que permite delegar", max_length=120, blank=True)

    class Meta:
        verbose_name = "asignación de rol"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
                name="asignacion_no_termina_antes_de_empezar",
                violation_error_message="La fecha de fin no puede ser anterior a la de inicio.",
            ),
            models.CheckConstraint(
                condition=(Q(rol__in=_CON_PROVINCIA) & ~Q(provincia=""))
                | Q(rol__in=_SIN_PROVINCIA, provincia=""),
                name="asignacion_provincia_segun_el_rol",
                violation_error_message="Un rol provincial tiene provincia; uno nacional, no.",
            ),
            models.CheckConstraint(
                condition=Q(acto_documento="", acto_numero="", acto_fecha__isnull=True)
                | (~Q(acto_documento="") & ~Q(acto_numero="") & Q(acto_fecha__isnull=False)),
                name="asignacion_acto_entero",
                violation_error_message="El acto de nombramiento lleva documento, número y fecha.",
            ),
            models.CheckConstraint(
                condition=Q(~Q(calidad="DELEGADO"), delegante__isnull=True, delegacion_norma="")
                | Q(
                    ~Q(delegacion_norma=""),
                    ~Q(acto_numero=""),
                    ~Q(delegante=F("usuario")),
                    calidad="DELEGADO",
                    delegante__isnull=False,
                ),
                name="asignacion_delegacion_entera",
                violation_error_message="Una delegación dice quién delega, por qué norma y acto.",
            ),
            ExclusionConstraint(
                name="asignacion_sin_cruces",
                expressions=[
                    ("usuario", RangeOperators.EQUAL),
                    ("rol", RangeOperators.EQUAL),
                    ("provincia", RangeOperators.EQUAL),
                    (_VIGENCIA, RangeOperators.OVERLAPS),
                ],
                violation_error_message="La persona ya tiene ese rol allí en parte de esas fechas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usuario} · {self.rol}"


@concede(agregan=AMBOS, borran=AMBOS, es_secreta=True)
class FormularioHecho(models.Model):
    """A form that was sent and done: who sends it again is answered with its first answer."""

    clave = models.CharField(max_length=64, primary_key=True)
    actor_id = models.BigIntegerField()
    volver = models.TextField()
    aviso = models.TextField(blank=True)
    en = models.DateTimeField()

    class Meta:
        verbose_name = "formulario hecho"
        indexes: ClassVar = [models.Index(fields=["actor_id", "en"], name="formulario_por_actor")]

    def __str__(self) -> str:
        return f"{self.actor_id} → {self.volver}"


@concede(agregan=AMBOS, borran=AMBOS, es_secreta=True)
class IntentoDeEntrada(models.Model):
    """A password that was looked at and was wrong, or that is being looked at, kept for a day.

    `cuenta` is the mark of what was typed (`infra/bitacora`), never what was typed: it may be a
    password in the wrong box. `cupo` is whose guesses it is counted with (`cupos.py`).
    """

    cuenta = models.CharField(max_length=32)
    red = models.CharField(max_length=45)
    cupo = models.SmallIntegerField()
    en = models.DateTimeField()

    class Meta:
        verbose_name = "intento de entrada"
        indexes: ClassVar = [
            models.Index(fields=["cuenta", "-en"], name="intento_por_cuenta"),
            models.Index(fields=["red", "-en"], name="intento_por_red"),
            models.Index(fields=["-en"], name="intento_por_fecha"),
        ]

    def __str__(self) -> str:
        return f"{self.cuenta} {self.en:%Y-%m-%d %H:%M}"


@concede(agregan=AMBOS, cambian="ultimo", borran=AMBOS, es_secreta=True)
class Aparato(models.Model):
    """A browser in which an account entered well: the digest of the key that it keeps."""

    usuario = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="+")
    huella = models.CharField(max_length=64)
    ultimo = models.DateTimeField()

    class Meta:
        verbose_name = "aparato conocido"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["huella", "usuario"], name="aparato_una_vez")
        ]

    def __str__(self) -> str:
        return f"{self.usuario} {self.ultimo:%Y-%m-%d %H:%M}"


@concede(agregan=AMBOS, cambian="ultimo", borran=AMBOS, es_secreta=True)
class LugarConocido(models.Model):
    """A network from which an account entered well."""

    usuario = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="+")
    lugar = models.CharField(max_length=45)
    ultimo = models.DateTimeField()

    class Meta:
        verbose_name = "lugar conocido"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["usuario", "lugar"], name="lugar_una_vez")
        ]

    def __str__(self) -> str:
        return f"{self.usuario} {self.lugar}"


@concede(
    agregan=AMBOS,
    cambian="usuario_id datos ultimo_uso vence inactividad aparato origen",
    borran=AMBOS,
    es_secreta=True,
)
class Sesion(models.Model):
    """A session that is open: who, in what browser, from where, since when.

    `huella` is the digest of its key; who reads the table cannot use it. It ends at `vence`, and
    after `inactividad` seconds without use.
    """

    huella = models.CharField(max_length=64, unique=True)
    usuario = models.ForeignKey(Usuario, on_delete=models.CASCADE, null=True, related_name="+")
    datos = models.TextField()
    desde = models.DateTimeField()
    ultimo_uso = models.DateTimeField()
    vence = models.DateTimeField()
    inactividad = models.IntegerField()
    aparato = models.CharField(max_length=80, blank=True)
    origen = models.CharField(max_length=45, blank=True)

    class Meta:
        verbose_name = "sesión"
        verbose_name_plural = "sesiones"
        indexes: ClassVar = [models.Index(fields=["vence"], name="sesion_por_vencer")]

    def __str__(self) -> str:
        return f"{self.usuario} {self.desde:%Y-%m-%d %H:%M}"


# Tables of the libraries: what Django keeps of itself, and the queue of jobs.
concede_tabla(
    "django_content_type", "django_migrations", "auth_permission", "auth_group",
    "auth_group_permissions",
)  # fmt: skip
concede_tabla(
    "procrastinate_jobs",
    agregan=AMBOS, borran=SOLO_LOTES, quienes=SOLO_LOTES,
    cambian=(
        "status", "attempts", "scheduled_at", "abort_requested", "worker_id", "priority",
        "queue_name", "lock",
    ),
)  # fmt: skip
concede_tabla("procrastinate_events", agregan=AMBOS)
concede_tabla(
    "procrastinate_workers",
    agregan=SOLO_LOTES, cambian=("last_heartbeat",), quienes=SOLO_LOTES, borran=SOLO_LOTES,
)  # fmt: skip
concede_tabla(
    "procrastinate_periodic_defers",
    agregan=SOLO_LOTES, cambian=("job_id",), quienes=SOLO_LOTES, borran=SOLO_LOTES,
)  # fmt: skip
