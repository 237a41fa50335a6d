// The page's side of the training worker: each call is a promise.

/** Sends "picture" while it trains, and "stopped" with the reason where that fails. */
export class Engine extends EventTarget {
    #worker = new Worker(new URL("training-worker.js", import.meta.url), { type: "module" });
    #answers = new Map();
    #calls = 0;

    constructor() {
        super();

        /** Fulfilled when the engine answers calls. */
        this.ready = new Promise((resolve, reject) => {
            this.#worker.addEventListener("message", ({ data }) => {
                if (data.ready) {
                    resolve();
                } else if (data.failed !== undefined) {
                    reject(new Error(data.failed));
                } else if (data.picture !== undefined) {
                    // When the browser next draws, which it does as often as it can.
                    requestAnimationFrame(() => {
                        this.dispatchEvent(new CustomEvent("picture", { detail: data.picture }));
                        this.#worker.postMessage({ drawn: true });
                    });
                } else if (data.stopped !== undefined) {
                    this.dispatchEvent(new CustomEvent("stopped", { detail: data.stopped }));
                } else {
                    this.#answer(data);
                }
            });
            this.#worker.addEventListener("error", event => reject(new Error(event.message || "its script did not load")));
        });
    }

    /** Calls a function of the worker or of the engine: see training-worker.js and Engine.cs. */
    call(name, ...args) {
        const id = ++this.#calls;
        const answer = new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }));
        this.#worker.postMessage({ id, call: name, args });

        return answer;
    }

    #answer({ id, result, error }) {
        const { resolve, reject } = this.#answers.get(id);
        this.#answers.delete(id);

        if (error === undefined) {
            resolve(result);
        } else {
            reject(new Error(error));
        }
    }
}
