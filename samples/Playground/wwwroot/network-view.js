// The network: a picture for each neuron, layer by layer, with the weights or their gradients as lines between them.

import { ink, paintSigned, signedColor } from "./colors.js";

const SIZE = 25;

/** So many lines at most lead to a layer: the strongest. */
const MOST_LINES = 400;

export class NetworkView extends EventTarget {
    #root;
    #edges = document.createElement("canvas");
    #image = new ImageData(SIZE, SIZE);
    #columns = [];
    #parameters = null;
    #gradients = null;
    #showsGradients = false;
    #backTo = 0;
    #timer = 0;
    #shown = null;

    constructor(root) {
        super();
        this.#root = root;
        new ResizeObserver(() => this.draw()).observe(root);
        root.addEventListener("keydown", event => this.#onKey(event));
    }

    /** Whether the lines are gradients, not weights. */
    set showsGradients(value) {
        this.#showsGradients = value;
        this.#backTo = 0;
        this.draw();
    }

    /** Makes a picture for each neuron of a network's columns: see NetworkText.cs. */
    build(columns, inputs) {
        clearTimeout(this.#timer);
        this.#backTo = 0;
        this.#shown = null;
        this.dispatchEvent(new CustomEvent("neuron", { detail: null }));
        this.#columns = [{ name: "Inputs", elements: inputs.map(input), neurons: inputs.length, weights: -1, biases: -1 }];
        const layers = [this.#columns[0].elements];

        for (const column of columns) {
            const elements = Array.from({ length: column.drawn }, (_, i) => this.#neuron(column.name, i));
            this.#columns.push({ ...column, elements, values: null });
            layers.push(elements);
        }

        this.#root.replaceChildren(this.#edges, ...this.#columns.map(layer));
        const first = this.#root.querySelector("button");

        if (first) {
            first.tabIndex = 0;
        }
    }

    /** Takes a new picture. */
    show({ neurons, parameters, gradients }) {
        this.#parameters = parameters;
        this.#gradients = gradients;

        for (const { name, values } of neurons) {
            this.#columns.find(column => column.name === name).values = values;
        }

        this.repaint();
        this.#showNeuron();
    }

    /** Paints all of it, as after a change of the colours. */
    repaint() {
        for (const { elements, values } of this.#columns.filter(column => column.values)) {
            elements.forEach((element, i) => {
                paintSigned(values.subarray(i * SIZE * SIZE, (i + 1) * SIZE * SIZE), this.#image);
                element.firstChild.getContext("2d").putImageData(this.#image, 0, 0);
            });
        }

        this.draw();
    }

    /** Shows how the gradients of a step come back, layer by layer from the loss on. */
    playBackward() {
        clearTimeout(this.#timer);

        if (!this.#showsGradients || matchMedia("(prefers-reduced-motion: reduce)").matches) {
            return;
        }

        this.#backTo = this.#columns.length;
        const next = () => {
            this.#backTo--;
            this.draw();

            if (this.#backTo > 1) {
                this.#timer = setTimeout(next, 350);
            }
        };
        next();
    }

    draw() {
        const box = this.#root.getBoundingClientRect();
        const canvas = this.#edges;
        const width = this.#root.scrollWidth;
        const height = this.#root.scrollHeight;

        if (canvas.width !== width || canvas.height !== height) {
            canvas.width = 0;
            canvas.height = 0;
            canvas.width = this.#root.scrollWidth;
            canvas.height = this.#root.scrollHeight;
        }

        const context = canvas.getContext("2d");
        context.clearRect(0, 0, canvas.width, canvas.height);
        const block = this.#showsGradients ? this.#gradients : this.#parameters;

        if (!block) {
            return;
        }

        const place = element => {
            const at = element.getBoundingClientRect();

            return {
                left: at.left - box.left + this.#root.scrollLeft,
                right: at.right - box.left + this.#root.scrollLeft,
                middle: (at.top + at.bottom) / 2 - box.top + this.#root.scrollTop,
            };
        };

        for (let c = 1; c < this.#columns.length; c++) {
            const { weights, neurons, elements } = this.#columns[c];

            if (weights < 0 || (this.#showsGradients && c < this.#backTo)) {
                continue;
            }

            const before = this.#columns[c - 1];
            drawLines(context, block.subarray(weights, weights + before.neurons * neurons), neurons, before.elements.map(place), elements.map(place));
        }
    }

    /** What is known of a neuron, in words. */
    describe(name, index) {
        const c = this.#columns.findIndex(column => column.name === name);
        const column = this.#columns[c];
        const count = this.#columns[c - 1].neurons;

        if (!this.#parameters || column.weights < 0) {
            return `${name}, neuron ${index}`;
        }

        const of = block => Array.from({ length: count }, (_, i) => block[column.weights + i * column.neurons + index]);
        const weights = of(this.#parameters);
        const strongest = weights.reduce((best, w, i) => (Math.abs(w) > Math.abs(weights[best]) ? i : best), 0);
        const gradient = Math.hypot(...of(this.#gradients));
        const bias = column.biases < 0 ? "" : ` bias ${this.#parameters[column.biases + index].toFixed(2)},`;

        return `${name}, neuron ${index}:${bias} strongest of ${count} weights ${weights[strongest].toFixed(2)} from ${strongest}, `
            + `gradient of its weights ${gradient.toPrecision(2)}`;
    }

    #neuron(name, index) {
        const button = document.createElement("button");
        const canvas = document.createElement("canvas");
        canvas.width = SIZE;
        canvas.height = SIZE;
        canvas.style.cssText = "display:block;width:100%;height:100%";
        button.type = "button";
        button.className = "neuron";
        button.style.padding = "0";
        button.style.minHeight = "0";
        button.tabIndex = -1;
        button.setAttribute("aria-label", `${name}, neuron ${index}`);
        button.append(canvas);

        const show = () => {
            this.#shown = { name, index };
            this.#showNeuron();
        };
        const hide = () => {
            this.#shown = null;
            this.dispatchEvent(new CustomEvent("neuron", { detail: null }));
        };

        button.addEventListener("pointerenter", show);
        button.addEventListener("focus", show);
        button.addEventListener("click", show);
        button.addEventListener("pointerleave", hide);
        button.addEventListener("blur", hide);

        return button;
    }

    /** Tells what the neuron gives that is pointed at, or has the focus. */
    #showNeuron() {
        if (this.#shown === null) {
            return;
        }

        const { name, index } = this.#shown;
        const values = this.#columns.find(column => column.name === name)?.values?.subarray(index * SIZE * SIZE, (index + 1) * SIZE * SIZE);

        if (values) {
            this.dispatchEvent(new CustomEvent("neuron", { detail: { values, size: SIZE, text: this.describe(name, index) } }));
        }
    }

    /** One stop for the Tab key; the arrow keys go from neuron to neuron. */
    #onKey(event) {
        const c = this.#columns.findIndex(({ elements }) => elements.includes(document.activeElement));

        if (c < 0) {
            return;
        }

        const index = this.#columns[c].elements.indexOf(document.activeElement);
        const at = {
            ArrowUp: [c, index - 1],
            ArrowDown: [c, index + 1],
            ArrowLeft: [c - 1, index],
            ArrowRight: [c + 1, index],
            Home: [c, 0],
            End: [c, Infinity],
        }[event.key];

        if (!at) {
            return;
        }

        event.preventDefault();
        const column = this.#columns[Math.min(this.#columns.length - 1, Math.max(1, at[0]))];
        const next = column.elements[Math.min(column.elements.length - 1, Math.max(0, at[1]))];
        document.activeElement.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
    }
}

function input(name) {
    const element = document.createElement("div");
    element.className = "input";
    element.textContent = name;

    return element;
}

function layer({ name, neurons: count, elements }) {
    const column = document.createElement("div");
    const neurons = document.createElement("div");
    const title = document.createElement("div");
    column.className = elements.length > 16 ? "layer many" : "layer";
    neurons.className = "neurons";
    neurons.style.gridTemplateColumns = `repeat(${Math.ceil(elements.length / (elements.length > 16 ? 16 : 8))}, auto)`;
    title.className = "title";
    title.textContent = elements.length < count ? `${name}: ${elements.length} of ${count}` : name;
    neurons.append(...elements);
    column.append(neurons, title);

    return column;
}

/** Lines for the weights between what is drawn of two layers: a row of weights for each neuron of the first, as long as the second has neurons. */
function drawLines(context, weights, neurons, from, to) {
    const values = Float32Array.from({ length: from.length * to.length }, (_, at) => weights[Math.floor(at / to.length) * neurons + at % to.length]);
    const order = Array.from(values.keys());
    const most = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);

    if (order.length > MOST_LINES) {
        order.sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]));
        order.length = MOST_LINES;
    }

    for (const at of order) {
        const share = Math.abs(values[at]) / most;
        const { right, middle } = from[Math.floor(at / to.length)];
        const end = to[at % to.length];
        context.globalAlpha = .15 + .75 * share;
        context.strokeStyle = share > 0 ? signedColor(values[at]) : ink();
        context.lineWidth = .3 + 3 * share;
        context.beginPath();
        context.moveTo(right, middle);
        context.bezierCurveTo((right + end.left) / 2, middle, (right + end.left) / 2, end.middle, end.left, end.middle);
        context.stroke();
    }

    context.globalAlpha = 1;
}
