// The colours of C# in the page: enough for a network and what is generated for it.

const KEYWORDS = new Set((
    "abstract as base bool break byte case catch char class const continue decimal default do double else enum event explicit extern false file finally float "
    + "for foreach get global if implicit in init int interface internal is long namespace new null object operator out override params partial private "
    + "protected public readonly record ref return sealed set short static string struct switch this throw true try typeof uint ulong using var virtual void "
    + "when where while with").split(" "));

const TOKENS = /(?<comment>\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<string>"""[^]*?(?:"""|$)|[$@]*"(?:[^"\\\n]|\\.)*"?)|(?<number>\b\d[\w.]*)|(?<word>[\p{L}_]\w*)/gu;

/** The coloured parts of a text: their kinds, starts and ends, in their order. */
export function colorsOf(text) {
    const parts = [];

    for (const match of text.matchAll(TOKENS)) {
        const { comment, string, number, word } = match.groups;
        const kind = comment !== undefined ? "comment"
            : string !== undefined ? "string"
            : number !== undefined ? "number"
            : KEYWORDS.has(word) ? "keyword"
            : isAttribute(text, match.index) ? "attribute" : null;

        if (kind !== null) {
            parts.push({ kind, start: match.index, end: match.index + match[0].length });
        }
    }

    return parts;
}

/** Whether a name comes after the bracket that begins a line, or after one behind other attributes of the line. */
function isAttribute(text, start) {
    return /(^|\n)[ \t]*(?:\[[^\]\n]*\][ \t]*)*\[(?:[\w]+:\s*)?$/.test(text.slice(Math.max(0, text.lastIndexOf("\n", start)), start));
}

/** Nodes for a text in colours; marks are parts that get a class on top, such as faults. */
export function coloredNodes(text, marks = []) {
    const parts = colorsOf(text);
    const ends = new Set([0, text.length]);

    for (const { start, end } of [...parts, ...marks]) {
        ends.add(start).add(end);
    }

    const places = [...ends].filter(place => place <= text.length).sort((a, b) => a - b);
    const nodes = [];
    let part = 0;

    for (let i = 0; i + 1 < places.length; i++) {
        const [start, end] = [places[i], places[i + 1]];

        while (part < parts.length && parts[part].end <= start) {
            part++;
        }

        const color = part < parts.length && parts[part].start <= start ? parts[part].kind : "";
        const classes = [color, ...marks.filter(mark => mark.start <= start && end <= mark.end).map(mark => mark.kind)].filter(name => name !== "");
        const piece = text.slice(start, end);

        if (classes.length === 0) {
            nodes.push(document.createTextNode(piece));
        } else {
            const span = document.createElement("span");
            span.className = classes.join(" ");
            span.textContent = piece;
            nodes.push(span);
        }
    }

    return nodes;
}
