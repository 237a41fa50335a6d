// The plane: the colour of each point is the class that the network gives it, the stronger the surer it is. Own points are drawn into it.

import { classColor, classRgb, ink, middle, paintSigned } from "./colors.js";

const SIZE = 50;
const VIEW = 1.25;

export class Surface extends EventTarget {
    #canvas;
    #context;
    #small = new OffscreenCanvas(SIZE, SIZE);
    #points = new Float32Array();
    #probabilities = null;
    #outputs = 0;
    #neuron = null;
    #isDrawing = false;
    #cursor = { x: 0, y: 0 };

    constructor(canvas) {
        super();
        this.#canvas = canvas;
        this.#context = canvas.getContext("2d");
        canvas.addEventListener("pointerdown", event => this.#onPointer(event));
        canvas.addEventListener("keydown", event => this.#onKey(event));
        canvas.addEventListener("focus", () => this.draw());
        canvas.addEventListener("blur", () => this.draw());
    }

    /** Whether points can be added. */
    set isDrawing(value) {
        this.#isDrawing = value;
        this.#canvas.classList.toggle("drawing", value);
        this.#canvas.setAttribute("role", value ? "application" : "img");

        if (value) {
            this.#canvas.setAttribute("aria-describedby", "drawing-keys");
        } else {
            this.#canvas.removeAttribute("aria-describedby");
        }

        this.draw();
    }

    /** The points: x, y, class, and 1 for those of the test. */
    set points(points) {
        this.#points = points;
    }

    /** What the picture shows, in words. */
    set label(text) {
        this.#canvas.setAttribute("aria-label", text);
    }

    /** The probabilities of the classes over the plane; null for none. */
    show(probabilities, outputs) {
        this.#probabilities = probabilities;
        this.#outputs = outputs;
        this.draw();
    }

    /** What one neuron gives over the plane, in place of the classes; null to show the classes again. */
    showNeuron(values, size) {
        this.#neuron = values && { values, size };
        this.draw();
    }

    draw() {
        const context = this.#context;
        const { width, height } = this.#canvas;
        context.imageSmoothingEnabled = true;
        context.imageSmoothingQuality = "high";

        if (this.#neuron) {
            // Paler than the small picture, so that the points stand out.
            const { values, size } = this.#neuron;
            context.fillStyle = `rgb(${middle().join(" ")})`;
            context.fillRect(0, 0, width, height);
            context.globalAlpha = .65;
            context.drawImage(imageOf(values, size), 0, 0, width, height);
            context.globalAlpha = 1;
        } else if (this.#probabilities) {
            this.#paint();
            context.drawImage(this.#small, 0, 0, width, height);
        } else {
            context.fillStyle = `rgb(${middle().join(" ")})`;
            context.fillRect(0, 0, width, height);
        }

        for (let i = 0; i < this.#points.length; i += 4) {
            const [x, y, label, isTest] = this.#points.subarray(i, i + 4);
            this.#drawPoint(x, y, label, isTest === 1);
        }

        if (this.#isDrawing && document.activeElement === this.#canvas) {
            this.#drawCursor();
        }
    }

    #paint() {
        const image = new ImageData(SIZE, SIZE);
        const k = this.#outputs;
        const from = middle();

        for (let i = 0; i < SIZE * SIZE; i++) {
            let best = 0;

            for (let j = 1; j < k; j++) {
                if (this.#probabilities[i * k + j] > this.#probabilities[i * k + best]) {
                    best = j;
                }
            }

            const share = .12 + .6 * (this.#probabilities[i * k + best] - 1 / k) / (1 - 1 / k);
            const color = classRgb[best % classRgb.length];

            for (let j = 0; j < 3; j++) {
                image.data[4 * i + j] = from[j] + share * (color[j] - from[j]);
            }

            image.data[4 * i + 3] = 255;
        }

        this.#small.getContext("2d").putImageData(image, 0, 0);
    }

    #drawPoint(x, y, label, isTest) {
        const context = this.#context;
        const scale = this.#canvas.width / 2;
        context.save();
        context.translate((x / VIEW + 1) * scale, (1 - y / VIEW) * scale);
        context.beginPath();
        outline(context, label, 5);
        context.lineWidth = isTest ? 2.5 : 1;
        context.fillStyle = isTest ? "#ffffff" : classColor(label);
        context.strokeStyle = isTest ? classColor(label) : "#ffffff";
        context.fill();
        context.stroke();
        context.restore();
    }

    #drawCursor() {
        const context = this.#context;
        const scale = this.#canvas.width / 2;
        const x = (this.#cursor.x / VIEW + 1) * scale;
        const y = (1 - this.#cursor.y / VIEW) * scale;
        context.strokeStyle = ink();
        context.lineWidth = 2;
        context.beginPath();
        context.moveTo(x - 14, y);
        context.lineTo(x + 14, y);
        context.moveTo(x, y - 14);
        context.lineTo(x, y + 14);
        context.stroke();
    }

    #onPointer(event) {
        if (!this.#isDrawing) {
            return;
        }

        const box = this.#canvas.getBoundingClientRect();
        const x = VIEW * (2 * (event.clientX - box.left) / box.width - 1);
        const y = VIEW * (1 - 2 * (event.clientY - box.top) / box.height);
        this.#cursor = { x, y };
        this.dispatchEvent(new CustomEvent("add", { detail: { x, y } }));
    }

    #onKey(event) {
        if (!this.#isDrawing || event.ctrlKey || event.altKey || event.metaKey) {
            return;
        }

        const step = event.shiftKey ? .25 : .05;
        const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };

        if (event.key in moves) {
            const [x, y] = moves[event.key];
            const within = value => Math.min(VIEW, Math.max(-VIEW, value));
            this.#cursor = { x: within(this.#cursor.x + x), y: within(this.#cursor.y + y) };
            this.dispatchEvent(new CustomEvent("move", { detail: this.#cursor }));
            this.draw();
        } else if (event.key === "Enter" || event.key === " ") {
            this.dispatchEvent(new CustomEvent("add", { detail: { ...this.#cursor } }));
        } else if (event.key === "Backspace" || event.key === "Delete") {
            this.dispatchEvent(new CustomEvent("undo"));
        } else if (/^[0-2]$/.test(event.key)) {
            this.dispatchEvent(new CustomEvent("brush", { detail: event.key }));
        } else {
            return;
        }

        event.preventDefault();
    }
}

/** A picture of what a neuron gives. */
function imageOf(values, size) {
    const canvas = new OffscreenCanvas(size, size);
    const image = new ImageData(size, size);
    paintSigned(values, image);
    canvas.getContext("2d").putImageData(image, 0, 0);

    return canvas;
}

/** Each class has a shape of its own as well as a colour. */
export function outline(context, label, r) {
    switch (label % 4) {
        case 0:
            context.arc(0, 0, r, 0, 2 * Math.PI);
            break;
        case 1:
            context.rect(-.9 * r, -.9 * r, 1.8 * r, 1.8 * r);
            break;
        case 2:
            context.moveTo(0, -1.2 * r);
            context.lineTo(1.1 * r, .8 * r);
            context.lineTo(-1.1 * r, .8 * r);
            context.closePath();
            break;
        default:
            context.moveTo(0, -1.3 * r);
            context.lineTo(1.3 * r, 0);
            context.lineTo(0, 1.3 * r);
            context.lineTo(-1.3 * r, 0);
            context.closePath();
    }
}
