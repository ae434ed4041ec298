// What axe must look at in this page, as marks by which to know what it has looked at before.
// Nothing is decided here.
//
// `marcos`: head, menu and foot, each by its pieces and which of them show, at this width.
// `cuerpo`: the rest of the page, by its pieces, what each says of itself and whether it is there
// to be seen. `medida`: that, and where each thing that can be pressed or scrolled is. `colores`:
// of every text that is seen, its ink and what is under it, as the browser paints it (who covers
// whom included), with two of the elements painted so.
() => {
    const picar = texto => {
        let [a, b] = [0xdeadbeef, 0x41c6ce57];
        for (let i = 0; i < texto.length; i++) {
            a = Math.imul(a ^ texto.charCodeAt(i), 2654435761);
            b = Math.imul(b ^ texto.charCodeAt(i), 1597334677);
        }
        a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
        b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
        return (b >>> 0).toString(36) + (a >>> 0).toString(36);
    };
    const vacia = e => e.children.length || e.textContent.trim() ? '' : 'vacía';
    const suyos = e => [...e.attributes].filter(a => !a.name.startsWith('data-'));
    const pieza = e =>
        e.tagName + suyos(e).map(a => a.name === 'class' ? a.value : a.name) + vacia(e);
    const seVe = e => e.checkVisibility({visibilityProperty: true});
    // The class of the body says whether scripts run; what is for scripts or was set by a test says
    // nothing to whoever reads.
    const dicha = e => e.tagName + suyos(e)
        .filter(a => e.name !== 'csrfmiddlewaretoken' && e !== document.body
            && a.name !== 'style')
        .map(a => `${a.name}=${a.value.replace(/\d+/g, '0')}`) + vacia(e) + seVe(e);
    const hecha = (e, como) => [e, ...e.querySelectorAll('*')].map(como).join();
    const marcos = [...document.querySelectorAll('body > header, body > footer, body > nav')];

    // Of the rows made as two before them in their table, none is looked at.
    for (const cuerpo of document.querySelectorAll('main tbody')) {
        const filas = new Map();
        for (const fila of cuerpo.rows) {
            const suya = hecha(fila, pieza);
            filas.set(suya, (filas.get(suya) || 0) + 1);
            fila.toggleAttribute('data-repetida', filas.get(suya) > 2);
        }
    }

    const estilos = new Map();
    const estilo = e => {
        if (!estilos.has(e)) {
            const s = getComputedStyle(e);
            const claro = s.backgroundImage === 'none' && s.backgroundColor === 'rgba(0, 0, 0, 0)';
            const opaco = s.backgroundColor.startsWith('rgb(') && s.opacity === '1';
            const suyo = claro && s.opacity === '1'
                ? '' : `${s.backgroundColor} ${s.backgroundImage} ${s.opacity};`;
            estilos.set(e, {s, suyo, opaco});
        }
        return estilos.get(e);
    };
    const debajo = capas => {
        let dicho = '';
        for (const capa of capas) {
            dicho += estilo(capa).suyo;
            if (estilo(capa).opaco) break;
        }
        return dicho;
    };
    const padres = e => e ? [e, ...padres(e.parentElement)] : [];
    // The first and the last line of its own text, or itself when it is a field.
    const lugares = e => {
        const letras = [...e.childNodes].filter(n => n.nodeType === 3 && n.data.trim());
        if (!letras.length) return e.matches('input, select, textarea') ? [e.getBoundingClientRect()] : [];
        const tramo = document.createRange();
        tramo.setStartBefore(letras[0]);
        tramo.setEndAfter(letras.at(-1));
        const lineas = [...tramo.getClientRects()].filter(r => r.width && r.height);
        return lineas.length > 1 ? [lineas[0], lineas.at(-1)] : lineas;
    };
    const alto = scrollY;
    const puntos = [...document.body.querySelectorAll('*')]
        .filter(e => !e.closest('[data-repetida]') && seVe(e))
        .flatMap(e => lugares(e).map(
            r => ({e, x: r.left + r.width / 2, y: r.top + r.height / 2 + alto})))
        .sort((a, b) => a.y - b.y);
    const colores = new Map();
    for (const {e, x, y} of puntos) {
        if (y < scrollY || y >= scrollY + innerHeight) scrollTo({top: y - 10, behavior: 'instant'});
        const capas = document.elementsFromPoint(x, y - scrollY);
        const orden = capas.indexOf(e);
        const {s} = estilo(e);
        const firma = picar([
            e.tagName, s.color, s.fontSize, s.fontWeight, s.textShadow,
            s.textDecorationLine, s.borderBottom, s.display, estilo(e.parentElement).s.color,
            e.textContent.trim().length > 1, !!e.closest(':disabled, [aria-disabled=true]'),
            !!e.closest('label')?.control?.disabled, padres(e).map(p => estilo(p).s.opacity),
            ...['::before', '::after'].map(p => {
                const q = getComputedStyle(e, p);
                return q.content === 'none' ? '' : `${q.backgroundColor} ${q.position} ${q.width}`;
            }),
            orden < 0 ? 'no se ve' : `encima: ${debajo(capas.slice(0, orden))}`,
            debajo(orden < 0 ? padres(e) : capas.slice(orden)),
        ].join());
        const iguales = colores.get(firma) || [];
        if (iguales.length < 2 && !iguales.includes(e)) iguales.push(e);
        colores.set(firma, iguales);
    }
    scrollTo({top: alto, behavior: 'instant'});

    window.porMirar = {marcos, colores};
    const enMarco = new Set(marcos.flatMap(e => [e, ...e.querySelectorAll('*')]));
    const todo = [...document.querySelectorAll('*')].filter(e => !enMarco.has(e));
    const cuerpo = picar(todo.map(dicha).join());
    const lugar = ({left, top, width, height}) => [left, top + alto, width, height].map(Math.round);
    const medida = picar([cuerpo, document.documentElement.clientWidth, ...todo
        .filter(e => e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight
            || e.matches('a, button, input, select, textarea, summary, label, [tabindex]'))
        .map(e => lugar(e.getBoundingClientRect()))].join());
    return {
        marcos: marcos.map(e => picar(innerWidth + hecha(e, p => pieza(p) + seVe(p)))),
        cuerpo,
        medida,
        colores: [...colores.keys()],
        axe: typeof window.axe === 'object',
    };
}
