// The losses of training and test, drawn over the steps.

import { faint, line } from "./colors.js";

/** When there are more points, every second one is dropped. */
const MOST_POINTS = 400;

const COLORS = { training: "#0072b2", test: "#d55e00" };

export class Curves {
    #canvas;
    #points = [];
    #every = 1;
    #count = 0;

    constructor(canvas) {
        this.#canvas = canvas;
    }

    clear() {
        this.#points = [];
        this.#every = 1;
        this.#count = 0;
        this.draw();
    }

    /** Adds what was measured. */
    add({ steps, trainingLoss, testLoss }) {
        if (this.#count++ % this.#every === 0) {
            this.#points.push({ steps, training: trainingLoss, test: testLoss });
        }

        if (this.#points.length > MOST_POINTS) {
            this.#points = this.#points.filter((_, i) => i % 2 === 0);
            this.#every *= 2;
        }
    }

    draw() {
        const canvas = this.#canvas;
        const context = canvas.getContext("2d");
        const left = 48;
        const bottom = 24;
        const width = canvas.width - left - 8;
        const height = canvas.height - bottom - 10;
        const values = this.#points.flatMap(({ training, test }) => [training, test]).filter(Number.isFinite);
        const top = niceTop(Math.max(...values, .1));
        const last = Math.max(this.#points.at(-1)?.steps ?? 0, 1);

        context.clearRect(0, 0, canvas.width, canvas.height);
        context.font = "13px system-ui, sans-serif";
        context.fillStyle = faint();
        context.strokeStyle = line();
        context.lineWidth = 1;
        context.textBaseline = "middle";
        context.textAlign = "right";

        for (const share of [0, .5, 1]) {
            const y = 10 + height * (1 - share);
            context.beginPath();
            context.moveTo(left, y);
            context.lineTo(left + width, y);
            context.stroke();
            context.fillText(`${+(share * top).toPrecision(3)}`, left - 6, y);
        }

        context.textBaseline = "alphabetic";
        context.fillText(`${last} ${last === 1 ? "step" : "steps"}`, left + width, canvas.height - 6);
        context.textAlign = "left";
        context.fillText("0", left, canvas.height - 6);

        for (const name of ["training", "test"]) {
            context.strokeStyle = COLORS[name];
            context.lineWidth = 2;
            context.setLineDash(name === "test" ? [6, 3] : []);
            context.beginPath();

            for (const point of this.#points) {
                if (Number.isFinite(point[name])) {
                    context.lineTo(left + width * point.steps / last, 10 + height * (1 - point[name] / top));
                }
            }

            context.stroke();
        }

        context.setLineDash([]);
        const now = this.#points.at(-1);
        const test = Number.isFinite(now?.test) ? `now ${now.test.toFixed(3)}` : "of which there is none";
        canvas.setAttribute("aria-label", now
            ? `Losses over ${now.steps} steps: the solid line is training, now ${now.training.toFixed(3)}; the dashed line is test, ${test}.`
            : "No losses yet.");
    }
}

/** A round number that is not below. */
function niceTop(value) {
    const power = 10 ** Math.floor(Math.log10(value));

    return [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= value) ?? value;
}
