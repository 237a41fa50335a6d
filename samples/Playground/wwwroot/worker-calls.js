// Calls of a worker, each of which is a promise.

export class WorkerCalls {
    #worker;
    #answers = new Map();
    #calls = 0;

    constructor(worker) {
        this.#worker = worker;
    }

    /** Sends a message with an id, and waits for the answer with the same. */
    send(message) {
        const id = ++this.#calls;
        const answer = new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }));
        this.#worker.postMessage({ id, ...message });

        return answer;
    }

    /** Takes an answer of the worker. */
    answer({ id, result, error }) {
        const { resolve, reject } = this.#answers.get(id);
        this.#answers.delete(id);

        if (error === undefined) {
            resolve(result);
        } else {
            reject(new Error(error));
        }
    }
}
