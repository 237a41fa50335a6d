// A text area over the same text in colours. All that one types with, a screen reader among it, meets a plain text area.

import { coloredNodes } from "./csharp-colors.js";

/** How long the mouse rests until it asks, in milliseconds. */
const REST = 250;

export class Editor extends EventTarget {
    #area;
    #colors = document.createElement("pre");
    #marks = [];
    #resting = 0;

    /** @param area the text area; its parent becomes the frame. */
    constructor(area) {
        super();
        this.#area = area;
        this.#colors.setAttribute("aria-hidden", "true");
        area.before(this.#colors);

        area.addEventListener("input", () => {
            this.#marks = [];
            this.#draw();
            this.dispatchEvent(new Event("input"));
        });
        area.addEventListener("mousemove", event => this.#rest(event));
        area.addEventListener("mouseleave", () => this.#leave());
        area.addEventListener("keydown", () => this.#leave());
        area.addEventListener("keyup", () => this.#announceCaret());
        area.addEventListener("click", () => this.#announceCaret());
        this.#draw();
    }

    get text() {
        return this.#area.value;
    }

    set text(value) {
        this.#area.value = value;
        this.#marks = [];
        this.#draw();
    }

    /** The place of the text cursor. */
    get caret() {
        return this.#area.selectionStart;
    }

    /** Replaces the text as typing would, so that it can be undone. */
    replace(text) {
        const old = this.text;

        if (old === text) {
            return;
        }

        let start = 0;
        let end = 0;

        while (start < Math.min(old.length, text.length) && old[start] === text[start]) {
            start++;
        }

        while (end < Math.min(old.length, text.length) - start && old.at(-1 - end) === text.at(-1 - end)) {
            end++;
        }

        this.#area.focus();
        this.#area.setSelectionRange(start, old.length - end);
        const inserted = text.slice(start, text.length - end);

        // Nothing else keeps what can be undone; where a browser does not know it any more, the text is set.
        if (!document.execCommand(inserted === "" ? "delete" : "insertText", false, inserted) || this.text !== text) {
            this.text = text;
            this.dispatchEvent(new Event("input"));
        }
    }

    /** Goes to a part of the text. */
    select(start, length) {
        this.#area.focus();
        this.#area.setSelectionRange(start, start + length);
    }

    /** Underlines faults. */
    mark(faults) {
        this.#marks = faults.filter(({ line }) => line > 0).map(({ start, length, severity }) => {
            // Where something is missing, the character before it is underlined.
            const end = start + length;
            const from = length > 0 ? start : Math.max(0, start - 1);

            return { kind: severity, start: from, end: Math.max(end, from + 1) };
        });
        this.#area.setAttribute("aria-invalid", String(faults.some(({ severity }) => severity === "error")));
        this.#draw();
    }

    #draw() {
        // The last line is as high as the others although nothing is in it.
        this.#colors.replaceChildren(...coloredNodes(this.text, this.#marks), "\n");
    }

    #leave() {
        clearTimeout(this.#resting);
        this.dispatchEvent(new Event("leave"));
    }

    #rest(event) {
        this.#leave();
        const position = this.#positionAt(event);

        if (position !== null) {
            const { clientX: x, clientY: y } = event;
            this.#resting = setTimeout(() => this.dispatchEvent(new CustomEvent("rest", { detail: { position, x, y } })), REST);
        }
    }

    #announceCaret() {
        this.dispatchEvent(new CustomEvent("caret", { detail: this.caret }));
    }

    /** The character under the mouse. All are as wide as one another, and no line is broken. */
    #positionAt({ offsetX, offsetY }) {
        const style = getComputedStyle(this.#area);
        const line = Math.floor((offsetY - parseFloat(style.paddingTop)) / parseFloat(style.lineHeight));
        const column = Math.floor((offsetX - parseFloat(style.paddingLeft)) / widthOfCharacter(style.font));
        const lines = this.text.split("\n");

        if (line < 0 || line >= lines.length || column < 0 || column >= lines[line].length) {
            return null;
        }

        return lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + column;
    }
}

const canvas = document.createElement("canvas").getContext("2d");

function widthOfCharacter(font) {
    canvas.font = font;

    return canvas.measureText("0".repeat(100)).width / 100;
}
