"""Words the invented names are made of: plants, birds and trades. No family name, no brand."""

from typing import Final

NOMBRES: Final = (
    "Adela", "Alba", "Amaru", "Aurora", "Bruno", "Camila", "Clara", "Darío", "Delia", "Elena",
    "Elías", "Emilia", "Fabián", "Gabriel", "Inés", "Irene", "Iván", "Jacinta", "Joaquín", "Julia",
    "Kuntur", "Lía", "Lucas", "Luz", "Marco", "Marina", "Mateo", "Nina", "Noelia", "Olmedo",
    "Pacha", "Rafael", "Rosa", "Samuel", "Sara", "Sisa", "Tamia", "Tomás", "Violeta", "Yuri",
)  # fmt: skip
PLANTAS: Final = (
    "Achicoria", "Achiote", "Aguarongo", "Arrayán", "Caimito", "Capulí", "Ceibo", "Chilca",
    "Chocho", "Chuquiragua", "Frailejón", "Guayacán", "Guayusa", "Higuerón", "Jícama", "Maqui",
    "Molle", "Mortiño", "Ortiga", "Palosanto", "Pumamaqui", "Quishuar", "Romerillo", "Taxo",
    "Tocte", "Totora", "Uvilla", "Valeriana", "Yagual", "Zapallo",
)  # fmt: skip
AVES: Final = (
    "Azulejo", "Cacique", "Carpintero", "Chirote", "Colibrí", "Curiquingue", "Fragata", "Gallito",
    "Gaviotín", "Golondrina", "Guacharaca", "Hornero", "Jilguero", "Lechuza", "Martineta",
    "Mirlo", "Pájaro Brujo", "Pava de Monte", "Piquero", "Quilico", "Quinde", "Solitaria",
    "Tangara", "Tucán", "Zamarrito", "Zumbador",
)  # fmt: skip
RAMOS: Final = (
    "Agencia de viajes", "Calzado", "Clínica", "Comercial", "Confecciones", "Distribuidora",
    "Editorial", "Farmacia", "Ferretería", "Imprenta", "Laboratorio", "Lavandería", "Metalmecánica",
    "Molinos", "Mueblería", "Panificadora", "Papelería", "Pesquera", "Restaurante", "Talleres",
    "Textiles", "Transportes", "Unidad Educativa", "Vidriería",
)  # fmt: skip
FORMAS: Final = (("S.A.S.", 5), ("S.A.", 3), ("Cía. Ltda.", 4))
CARGOS: Final = (
    ("ASISTENTE", 8), ("AUXILIAR DE BODEGA", 6), ("VENDEDOR", 8), ("CONTADOR", 2), ("CHOFER", 4),
    ("OPERARIO", 12), ("SECRETARIA", 3), ("JEFE DE AREA", 2), ("GUARDIA", 4), ("TECNICO", 6),
)  # fmt: skip
