// The page's side of the compiler's worker. It is made when the compiler's tab is opened: only then is the compiler fetched.

import { WorkerCalls } from "./worker-calls.js";

export class Compiler extends EventTarget {
    #worker = new Worker(new URL("compiler-worker.js", import.meta.url), { type: "module" });
    #calls = new WorkerCalls(this.#worker);
    #texts = 0;

    constructor() {
        super();

        /** Fulfilled when the compiler is loaded. */
        this.ready = new Promise((resolve, reject) => {
            this.#worker.addEventListener("message", ({ data }) => {
                if (data.ready) {
                    resolve();
                } else if (data.failed !== undefined) {
                    reject(new Error(data.failed));
                } else if (data.progress !== undefined) {
                    this.dispatchEvent(new CustomEvent("progress", { detail: data.progress }));
                } else if (data.report !== undefined) {
                    this.#report(data.report);
                } else if (data.id !== undefined) {
                    this.#calls.answer(data);
                } else {
                    this.dispatchEvent(new CustomEvent("failure", { detail: data.error }));
                }
            });
            this.#worker.addEventListener("error", event => reject(new Error(event.message || "its script did not load")));
        });
    }

    /** Looks at a text; the reports come as events. Those on a text before it do not come any more. */
    look(text) {
        this.#worker.postMessage({ call: "look", number: ++this.#texts, text });
    }

    /** Makes an assembly of the last text. */
    build() {
        return this.#calls.send({ call: "build" });
    }

    /** What is at a character of the last text. */
    hover(position) {
        return this.#calls.send({ call: "hover", position, number: this.#texts });
    }

    #report(report) {
        if (report.number === this.#texts) {
            this.dispatchEvent(new CustomEvent("report", { detail: report }));
        }
    }
}
