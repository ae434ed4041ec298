# The only commands to learn. Each one builds the environment first if it has to.
.DEFAULT_GOAL := help
PYTHON ?=
READY := .venv/.listo

.PHONY: help demo test check fix bench mutantes docs entrega lock

help:
	@echo 'make demo    prepara todo, corre un ciclo de recaudación y sirve el sitio'
	@echo 'make test    todas las comprobaciones y pruebas, con navegador incluido'
	@echo 'make check   solo las comprobaciones, sin pruebas'
	@echo 'make fix     corrige formato y lo que se corrige solo'
	@echo 'make bench   mide la velocidad junto al piso físico de esta máquina'
	@echo 'make mutantes cambia la ley, una cosa a la vez, y mira si alguna prueba lo nota'
	@echo 'make docs    genera lo que la documentación toma del código'
	@echo 'make entrega escribe la base de esta versión, que la siguiente actualiza'
	@echo 'make lock    fija de nuevo las versiones de las dependencias'

$(READY): requirements/dev.txt pyproject.toml
	@PYTHON='$(PYTHON)' sh herramientas/entorno.sh
	@touch $@

# What is compiled is kept even where Python was told not to: each start would compile it all anew.
demo: $(READY)
	@PYTHONDONTWRITEBYTECODE= .venv/bin/recaudo demo

test: $(READY)
	@.venv/bin/python -m herramientas.probar

check: $(READY)
	@.venv/bin/python -m herramientas.probar --sin-pruebas

fix: $(READY)
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench: $(READY)
	@.venv/bin/recaudo medir todo

entrega: $(READY)
	@RECAUDO_ENTREGA=1 .venv/bin/python -m pytest -q -p no:randomly tests/flows/test_entregas.py -k write

# In an environment of its own: what the tests need is not more for it. OPCIONES='--semilla 7'
MUTANTES := var/mutantes
$(MUTANTES)/.listo: requirements/mutantes.txt | $(READY)
	@.venv/bin/uv venv -q --clear -p .venv/bin/python $(MUTANTES)
	@.venv/bin/uv pip sync -q -p $(MUTANTES)/bin/python --require-hashes requirements/mutantes.txt
	@touch $@

mutantes: $(READY) $(MUTANTES)/.listo
	@$(MUTANTES)/bin/python -m herramientas.mutantes $(OPCIONES)

docs: $(READY)
	@.venv/bin/python -m herramientas.documentacion

# Names, versions and hashes only: no header, no note and no option that could tell a place.
LOCK := .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --upgrade
lock: $(READY)
	@$(LOCK) -o requirements/base.txt
	@$(LOCK) --extra dev -o requirements/dev.txt
	@$(subst pyproject.toml,--group mutantes,$(LOCK)) -o requirements/mutantes.txt
