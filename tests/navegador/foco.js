// What has the focus: whether it is in sight, and whether its mark is thick and strong enough.
() => {
    const luz = ([r, g, b]) => [r, g, b].map(c => c / 255)
        .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((suma, c, i) => suma + c * [0.2126, 0.7152, 0.0722][i], 0);
    const contraste = (a, b) => {
        const [x, y] = [luz(a), luz(b)].sort((m, n) => n - m);
        return (x + 0.05) / (y + 0.05);
    };
    const color = texto => {
        const n = (texto.match(/rgba?\(([^)]*)\)/) || [, '0,0,0,0'])[1].split(/[ ,/]+/).map(Number);
        return n.length < 4 || n[3] > 0.5 ? n.slice(0, 3) : null;
    };
    const fondo = caja => {
        for (let e = caja; e; e = e.parentElement) {
            const c = color(getComputedStyle(e).backgroundColor);
            if (c) return c;
        }
        return [255, 255, 255];
    };
    const marcas = (caja, parte) => {
        const s = getComputedStyle(caja, parte);
        if (parte && s.content === 'none') return [];
        const halladas = [];
        const fuera = fondo(caja.parentElement || caja);
        const contorno = color(s.outlineColor), borde = color(s.borderTopColor);
        if (s.outlineStyle !== 'none' && contorno)
            halladas.push([parseFloat(s.outlineWidth), contorno, fuera]);
        for (const sombra of s.boxShadow === 'none' ? [] : s.boxShadow.split(/,(?![^(]*\))/)) {
            const c = color(sombra);
            const [x, y, , extra] = (sombra.replace(/rgba?\([^)]*\)/, '').match(/-?[\d.]+px/g) || [])
                .map(parseFloat);
            const dentro = sombra.includes('inset');
            const grueso = Math.max(Math.abs(x), Math.abs(y)) + extra;
            const suma = dentro && borde && String(borde) === String(c) ? parseFloat(s.borderTopWidth) : 0;
            if (c) halladas.push([grueso + suma, c, fuera]);
            // Radios and boxes: a ring, and inside it a border thicker than the 2 px it has at rest.
            if (c && borde && !dentro) halladas.push([parseFloat(s.borderTopWidth) - 2, borde, fuera]);
        }
        return halladas;
    };
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const cajas = [e, ...(e.labels || [])];
    const ancho = document.documentElement.clientWidth;
    // Some point of it is on the screen with nothing else over it: what sticks to an edge covers.
    const encima = (c, x, y) => {
        const hallado = document.elementFromPoint(x, y);
        return hallado && (hallado.contains(c) || c.contains(hallado));
    };
    const seVe = cajas.some(c => [...c.getClientRects()].some(r => {
        const [a, b] = [Math.max(r.left, 0), Math.min(r.right, ancho)];
        const [t, f] = [Math.max(r.top, 0), Math.min(r.bottom, innerHeight)];
        return b - a > 1 && f - t > 1
            && [[a + 1, t + 1], [b - 1, f - 1], [(a + b) / 2, (t + f) / 2]]
                .some(([x, y]) => encima(c, x, y));
    }));
    const buenas = cajas.flatMap(c => [null, '::before', '::after'].flatMap(p => marcas(c, p)))
        .filter(([grueso, c, f]) => grueso >= 2 && contraste(c, f) >= 3);
    // A link that is there only while it has the focus is its own mark.
    const aparece = e.matches('.govuk-skip-link');
    return {seVe, marcado: aparece || buenas.length > 0, quien: e.outerHTML.slice(0, 160)};
}
