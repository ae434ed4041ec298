// The only script of our own. Everything works without it; it only makes things quicker to use.
import { initAll } from "./govuk.js";

const textos = {
  accordion: {
    hideAllSections: "Ocultar todas las secciones", hideSection: "Ocultar",
    hideSectionAriaLabel: "Ocultar esta sección", showAllSections: "Mostrar todas las secciones",
    showSection: "Mostrar", showSectionAriaLabel: "Mostrar esta sección",
  },
  characterCount: {
    charactersUnderLimit: { one: "Le queda %{count} carácter", other: "Le quedan %{count} caracteres" },
    charactersAtLimit: "No le quedan caracteres",
    charactersOverLimit: { one: "Tiene %{count} carácter de más", other: "Tiene %{count} caracteres de más" },
    wordsUnderLimit: { one: "Le queda %{count} palabra", other: "Le quedan %{count} palabras" },
    wordsAtLimit: "No le quedan palabras",
    wordsOverLimit: { one: "Tiene %{count} palabra de más", other: "Tiene %{count} palabras de más" },
  },
  fileUpload: {
    chooseFilesButton: "Elegir archivo", dropInstruction: "o suéltelo aquí",
    noFileChosen: "Ningún archivo elegido",
    multipleFilesChosen: { one: "%{count} archivo elegido", other: "%{count} archivos elegidos" },
    enteredDropZone: "Está sobre la zona para soltar archivos", leftDropZone: "Salió de la zona para soltar archivos",
  },
  passwordInput: {
    showPassword: "Mostrar", hidePassword: "Ocultar",
    showPasswordAriaLabel: "Mostrar la clave", hidePasswordAriaLabel: "Ocultar la clave",
    passwordShownAnnouncement: "Su clave está a la vista", passwordHiddenAnnouncement: "Su clave está oculta",
  },
};

function iniciar(ambito) {
  initAll({
    scope: ambito,
    accordion: { i18n: textos.accordion, rememberExpanded: false },
    characterCount: { i18n: textos.characterCount },
    fileUpload: { i18n: textos.fileUpload },
    passwordInput: { i18n: textos.passwordInput },
    button: { preventDoubleClick: true },
  });
}

// `1234567` cents -> `$ 12.345,67`, the same writing as the server.
function dolares(centavos) {
  const enteros = String(Math.trunc(Math.abs(centavos) / 100)).replace(/\B(?=(\d{3})+$)/g, ".");
  return `${centavos < 0 ? "-" : ""}$ ${enteros},${String(Math.abs(centavos) % 100).padStart(2, "0")}`;
}

// <total-vivo>: the running total of the ticked boxes of its form (data-centavos on each box).
// The server writes the total again on the next page: this one is only a help.
class TotalVivo extends HTMLElement {
  connectedCallback() {
    this.formulario = this.closest("form");
    this.salida = this.querySelector("output");
    this.cuenta = this.querySelector("[data-cuenta]");
    this.sumar = () => this.actualizar();
    this.formulario?.addEventListener("change", this.sumar);
    this.actualizar();
  }

  disconnectedCallback() {
    this.formulario?.removeEventListener("change", this.sumar);
  }

  actualizar() {
    const marcadas = [...(this.formulario?.querySelectorAll("input[data-centavos]:checked") ?? [])];
    this.salida.value = dolares(marcadas.reduce((suma, caja) => suma + Number(caja.dataset.centavos), 0));
    this.cuenta.textContent = marcadas.length === 1 ? "1 elegida" : `${marcadas.length} elegidas`;
  }
}
customElements.define("total-vivo", TotalVivo);

const region = document.getElementById("error-region");
function avisarFallo() {
  if (region) {
    region.hidden = false;
    region.textContent = region.dataset.mensaje;
  }
}
function callar() {
  if (region) {
    region.hidden = true;
    region.textContent = "";
  }
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
iniciar(document);

for (const fallo of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(fallo, avisarFallo);
}
document.body.addEventListener("htmx:beforeRequest", callar);
document.body.addEventListener("htmx:afterSwap", (suceso) => {
  // With outerHTML the target is the element that left: the one that came has its id.
  const llegado = document.getElementById(suceso.detail.target.id) ?? suceso.detail.target;
  iniciar(llegado);
  llegado.querySelector("[data-foco]")?.focus();
});
