// The page's side of the training worker: each call is a promise.

import { WorkerCalls } from "./worker-calls.js";

/** Sends "picture" while it trains, and "stopped" with the reason where that fails. */
export class Engine extends EventTarget {
    #worker = new Worker(new URL("training-worker.js", import.meta.url), { type: "module" });
    #calls = new WorkerCalls(this.#worker);

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
                    this.#calls.answer(data);
                }
            });
            this.#worker.addEventListener("error", event => reject(new Error(event.message || "its script did not load")));
        });
    }

    /** Calls a function of the worker or of the engine: see training-worker.js and Engine.cs. */
    call(name, ...args) {
        return this.#calls.send({ call: name, args });
    }
}
