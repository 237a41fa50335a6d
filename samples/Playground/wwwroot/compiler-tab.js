// The tab of the compiler: what is typed, what is wrong with it, and what is generated from it.

import { Compiler } from "./compiler.js";
import { EXAMPLES } from "./compiler-examples.js";
import { decodeText, encodeText } from "./compiler-text.js";
import { coloredNodes } from "./csharp-colors.js";
import { Editor } from "./editor.js";

const byId = id => document.getElementById(id);

export class CompilerTab {
    #editor = new Editor(byId("source"));
    #actions;
    #compiler = null;
    #changed = 0;
    #isFirst = true;
    #faults = [];
    #files = [];
    #networks = [];
    #view = "forward";
    #hovers = 0;

    /**
     * @param actions what the page does for the tab: keep(text) keeps a text in the address, and train(assembly, className, declaration, text) trains a
     * network that was compiled.
     */
    constructor(actions) {
        this.#actions = actions;
        this.#editor.text = EXAMPLES[0].text;
        byId("example").append(...EXAMPLES.map(({ title }, i) => new Option(title, i)));
        byId("example").value = "0";
        byId("example").addEventListener("change", ({ target }) => {
            const { value } = target;

            if (value !== "") {
                this.#editor.replace(EXAMPLES[value].text);
                target.value = value;
            }
        });
        byId("train-typed").addEventListener("click", () => this.#train());
        byId("copy-text-link").addEventListener("click", () => {
            this.#keep();
            copyLink();
        });
        byId("file").addEventListener("change", () => this.#showFile());

        for (const choice of document.getElementsByName("view")) {
            choice.addEventListener("change", () => {
                this.#view = choice.value;
                this.#showFile();
            });
        }

        for (const tab of [byId("training-tab"), byId("compiler-tab")]) {
            tab.addEventListener("click", () => this.#choose(tab.id === "compiler-tab"));
            tab.addEventListener("keydown", event => this.#move(event));
        }

        this.#editor.addEventListener("input", () => {
            // Chosen again, an example is put back as it was.
            byId("example").value = "";
            this.#look();
        });
        this.#editor.addEventListener("rest", ({ detail }) => this.#showTip(detail));
        this.#editor.addEventListener("leave", () => (byId("tip").hidden = true));
        this.#editor.addEventListener("caret", ({ detail }) => this.#showHover(detail));
        document.addEventListener("keydown", event => {
            if (event.key === "Escape") {
                byId("tip").hidden = true;
            }
        });
    }

    /** Opens the tab with the text of an address, or closes it where there is none; says whether there is one. */
    open(encoded) {
        const text = decodeText(encoded);

        if (text !== null) {
            this.#editor.text = text;
            byId("example").value = "";
        }

        this.#choose(text !== null);

        return text !== null;
    }

    /** Compiles the text of an address behind the page: its first network. */
    async build(encoded) {
        const text = decodeText(encoded);

        if (text === null) {
            throw new Error("its text was cut off.");
        }

        this.#editor.text = text;
        byId("example").value = "";
        this.#start();
        this.#look();

        return this.#build();
    }

    async #build() {
        await this.#compiler.ready;
        const { faults, networks, assembly } = await this.#compiler.build();

        if (assembly.length === 0) {
            this.#faults = faults;
            this.#showFaults();
            throw new Error(faults.find(({ severity }) => severity === "error").message);
        }

        if (networks.length === 0) {
            throw new Error("it declares no network: a partial class with [Network].");
        }

        const [{ name, declaration }] = networks;

        return { assembly, className: name, declaration };
    }

    #choose(isCompiler) {
        const wasCompiler = !byId("compiler-panel").hidden;
        byId("training-panel").hidden = isCompiler;
        byId("compiler-panel").hidden = !isCompiler;

        for (const [tab, isChosen] of [[byId("training-tab"), !isCompiler], [byId("compiler-tab"), isCompiler]]) {
            tab.setAttribute("aria-selected", String(isChosen));
            tab.tabIndex = isChosen ? 0 : -1;
        }

        if (isCompiler) {
            this.#start();
            this.#look();
        } else if (wasCompiler) {
            this.#actions.keep("");
        }
    }

    #move(event) {
        const isCompiler = { ArrowLeft: false, Home: false, ArrowRight: true, End: true }[event.key];

        if (isCompiler !== undefined) {
            event.preventDefault();
            this.#choose(isCompiler);
            byId(isCompiler ? "compiler-tab" : "training-tab").focus();
        }
    }

    #start() {
        if (this.#compiler !== null) {
            return;
        }

        const progress = byId("compiler-progress");
        progress.hidden = false;
        byId("compiler-panel").dataset.state = "loading";
        this.#compiler = new Compiler();
        this.#compiler.addEventListener("progress", ({ detail }) => (progress.value = detail));
        this.#compiler.addEventListener("report", ({ detail }) => this.#show(detail));
        this.#compiler.addEventListener("failure", ({ detail }) => {
            if (!this.#isFailed) {
                say(`The compiler failed: ${detail}`);
            }
        });
        this.#compiler.ready.then(() => say("Compiling…"), error => {
            byId("compiler-panel").dataset.state = "failed";
            say(`The compiler could not be started: ${error.message}. Load the page again to try once more.`);
        }).finally(() => (progress.hidden = true));
        say("Fetching the compiler…");
    }

    /** Whether there is no compiler. */
    get #isFailed() {
        return byId("compiler-panel").dataset.state === "failed";
    }

    #look() {
        this.#changed = performance.now();
        byId("tip").hidden = true;
        byId("train-typed").disabled = true;

        if (this.#isFailed) {
            return;
        }

        if (byId("compiler-panel").dataset.state !== "loading") {
            byId("compiler-panel").dataset.state = "busy";
        }

        this.#compiler.look(this.#editor.text);
    }

    /** Keeps the text in the address, now and then: browsers refuse to change it with every key. */
    #keep() {
        if (!byId("compiler-panel").hidden) {
            this.#actions.keep(encodeText(this.#editor.text));
        }
    }

    #show({ kind, faults, files, networks }) {
        const milliseconds = Math.round(performance.now() - this.#changed);
        this.#faults = faults;
        this.#editor.mark(faults);
        this.#showFaults();

        if (kind === "first") {
            byId("compiler-time").textContent = this.#isFirst ? "" : `Checked ${milliseconds} ms after the key`;

            return;
        }

        const errors = faults.filter(({ severity }) => severity === "error").length;
        const warnings = faults.length - errors;
        this.#files = files;
        this.#networks = networks;
        byId("compiler-time").textContent += this.#isFirst ? `Fetched, started and compiled in ${milliseconds} ms.` : `, compiled after ${milliseconds} ms.`;
        this.#isFirst = false;
        byId("train-typed").disabled = errors > 0 || networks.length === 0;
        byId("compiler-panel").dataset.state = errors > 0 ? "faulty" : "sound";

        const options = files.map(({ name }, i) => new Option(name, i));
        const chosen = files.findIndex(({ name }) => name === byId("file").selectedOptions[0]?.text);
        byId("file").replaceChildren(...options);
        byId("file").value = String(Math.max(0, chosen));
        byId("file-field").hidden = files.length < 2;
        this.#showFile();
        this.#showHover(this.#editor.caret);
        this.#keep();

        if (faults.length === 0) {
            say(networks.length === 0 ? "It compiles, but declares no network: a partial class with [Network]." : `${names(networks)} compiles.`);
        } else {
            const [first] = faults;
            const counts = [count(errors, "error"), count(warnings, "warning")].filter(text => text !== "").join(", ");
            say(`${counts}. ${first.line > 0 ? `Line ${first.line}: ` : ""}${first.message}`);
        }
    }

    #showFaults() {
        byId("faults").replaceChildren(...this.#faults.map(fault => {
            const item = document.createElement("li");
            item.className = fault.severity;

            const place = document.createElement("button");
            place.type = "button";
            place.className = "place";
            place.textContent = fault.line > 0 ? `Line ${fault.line}, column ${fault.column}` : "Generated code";
            place.disabled = fault.line === 0;
            place.addEventListener("click", () => this.#editor.select(fault.start, fault.length));

            const rule = document.createElement(fault.help === "" ? "span" : "a");
            rule.textContent = `${fault.severity} ${fault.id}`;

            if (fault.help !== "") {
                rule.href = fault.help;
                rule.target = "_blank";
                rule.rel = "noopener";
            }

            const message = document.createElement("p");
            message.textContent = fault.message;
            item.append(place, " ", rule, message);

            for (const { title, text } of fault.fixes) {
                const fix = document.createElement("button");
                fix.type = "button";
                fix.className = "fix";
                fix.textContent = title;
                fix.addEventListener("click", () => this.#editor.replace(text));
                item.append(fix, " ");
            }

            return item;
        }));
    }

    #showFile() {
        const file = this.#files[Number(byId("file").value)];
        const text = file === undefined ? "" : this.#view === "whole" ? file.text : file[this.#view];
        byId("generated").replaceChildren(...coloredNodes(text));
        byId("nothing-generated").hidden = text !== "";
    }

    /** What is wrong under the mouse, and what the name there means. */
    async #showTip({ position, x, y }) {
        const number = ++this.#hovers;
        const here = this.#faults.filter(({ start, length, line }) => line > 0 && start <= position && position < start + Math.max(length, 1));
        const hover = await this.#compiler.hover(position);
        const tip = byId("tip");

        if (number !== this.#hovers || (hover === null && here.length === 0)) {
            return;
        }

        tip.replaceChildren(...here.map(({ id, message, severity }) => paragraph(`${id}: ${message}`, severity)), ...describe(hover));
        tip.hidden = false;
        const { width, height } = tip.getBoundingClientRect();
        tip.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
        tip.style.top = `${y + 20 + height < innerHeight ? y + 20 : Math.max(8, y - height - 12)}px`;
    }

    /** The same for the name at the text cursor, for those who use no mouse. */
    async #showHover(position) {
        const number = ++this.#hovers;
        const hover = await this.#compiler.hover(position);

        if (number === this.#hovers) {
            byId("at-cursor").replaceChildren(...describe(hover));
        }
    }

    async #train() {
        byId("train-typed").disabled = true;
        say("Making an assembly…");

        try {
            const text = encodeText(this.#editor.text);
            const { assembly, className, declaration } = await this.#build();
            await this.#actions.train(assembly, className, declaration, text);
            this.#choose(false);
        } catch (error) {
            say(`It can't be trained: ${error.message}`);
        } finally {
            byId("train-typed").disabled = byId("compiler-panel").dataset.state !== "sound";
        }
    }
}

function describe(hover) {
    return hover === null ? [] : [
        paragraph(hover.signature, "signature"),
        ...hover.documentation.split("\n").filter(line => line !== "").map(line => paragraph(line, "")),
    ];
}

function paragraph(text, name) {
    const element = document.createElement("p");
    element.textContent = text;
    element.className = name;

    return element;
}

function names(networks) {
    return networks.map(({ name }) => name).join(", ");
}

function count(number, word) {
    return number === 0 ? "" : `${number} ${word}${number === 1 ? "" : "s"}`;
}

async function copyLink() {
    try {
        await navigator.clipboard.writeText(location.href);
        say("Copied the link.");
    } catch {
        say("The browser does not let the page copy: copy the address yourself.");
    }
}

function say(text) {
    byId("compiler-state").textContent = text;
}
