// The page: its controls, the state that they stand for, and what the engine answers.

import { classColor, onThemeChange } from "./colors.js";
import { CompilerTab } from "./compiler-tab.js";
import { Curves } from "./curves.js";
import { saveFile } from "./downloads.js";
import { Engine } from "./engine.js";
import { NetworkView } from "./network-view.js";
import { DEFAULTS, MOST_POINTS_IN_ADDRESS, readState, rounded, writeState } from "./state.js";
import { Surface } from "./surface.js";

/** What the page says when a network gets this share of its points right for the first time. */
const GOOD = .95;

const byId = id => document.getElementById(id);
const percent = share => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–");
const decimal = loss => (Number.isFinite(loss) ? loss.toFixed(4) : "–");

const engine = new Engine();
const surface = new Surface(byId("surface"));
const curves = new Curves(byId("curves"));
const network = new NetworkView(byId("network"));

const compilerTab = new CompilerTab({
    keep(text) {
        state.compiler = text;
        writeAddress();
    },

    async train(assembly, className, declaration, text) {
        await useAssembly(assembly, className, declaration, text);

        if (shown) {
            await toggle();
        }
    },
});

let state = readState(location.hash);
let isRunning = false;
let wasGood = false;
let shown = null;
let beginnings = 0;

/** Fulfilled when there is something to train, or a reason why there is not. */
let begun = Promise.resolve();

/** The points of the user's own table as the engine holds them; what is drawn is in the state. */
let table = null;

/** A class that the compiler made: see useAssembly. */
let typed = null;

/** Draws the weights of a network anew, on the points that are chosen. */
function begin() {
    begun = beginNow();

    return begun;
}

async function beginNow() {
    const number = ++beginnings;
    setRunning(false);
    document.body.dataset.state = "busy";
    showFault("");
    let chosen = Float32Array.from(state.data === "own" ? state.points.flatMap(({ x, y, label }) => [x, y, label, 0]) : []);

    try {
        if (state.data !== "own") {
            chosen = await engine.call("choose", "ChooseShape", state.data, state.samples, state.noise, state.seed);
        } else if (table === null) {
            await engine.call("ChoosePoints", state.points.flatMap(({ x, y }) => [x, y]), state.points.map(({ label }) => label));
        } else {
            await engine.call("ChooseCsv", table);
        }

        const description = await engine.call(
            "begin", typed === null ? state.activation : "", state.layers, state.width, state.test, state.optimizer, state.rate, state.penalty, state.lambda,
            state.batch, state.seed);

        if (number !== beginnings) {
            return;
        }

        shown = description;
        wasGood = false;
        curves.clear();
        surface.points = description.points;
        network.build(description.columns, [description.x.name, description.y.name].map(name => (name.length > 5 ? `${name.slice(0, 4)}…` : name)));
        showLegend(description);
        showPicture(description.picture);
        say(`${description.name}: ${description.parameters} parameters, ${description.points.length / 4} points. Ready to train.`);
        enable(true);
    } catch (error) {
        if (number !== beginnings) {
            return;
        }

        shown = null;
        surface.points = chosen;
        surface.show(null, 0);
        network.build([], ["x", "y"]);
        showNothing();
        showFault(error.message);
        say("There is nothing to train yet.");
        enable(false);
    }

    document.body.dataset.state = shown ? "ready" : "faulty";
}

/** Waits until nothing begins any more; says whether there is something to train. */
async function isReady() {
    let last;

    do {
        last = begun;
        await last;
    } while (last !== begun);

    return shown !== null;
}

/**
 * Trains a class that was compiled in the page: its assembly, its name with namespace, its declaration for "As C#", and the whole text for the address. Without
 * an assembly, the page goes back to its own networks.
 */
export async function useAssembly(assembly, className, declaration, text = "") {
    await engine.ready;

    if (assembly === null) {
        typed = null;
    } else {
        await engine.call("LoadAssembly", assembly, className, declaration);
        typed = className;
    }

    state.typed = text;
    writeAddress();

    for (const id of ["layers", "width", "activation"]) {
        byId(id).disabled = typed !== null;
    }

    byId("typed").hidden = typed === null;
    await begin();
}

function setRunning(value) {
    isRunning = value;
    byId("run").textContent = value ? "Pause" : "Train";

    // What changes with each picture is not for reading aloud.
    byId("neuron").setAttribute("aria-live", value ? "off" : "polite");

    if (shown) {
        document.body.dataset.state = value ? "running" : "ready";
    }
}

async function toggle() {
    if (!(await isReady())) {
        return;
    }

    if (!isRunning) {
        setRunning(true);
        say("Training.");
        await engine.call("run", { stepsPerPicture: Number(byId("speed").value) });
    } else {
        await pause();
    }
}

async function pause() {
    const last = await engine.call("stop");

    if (!isCurrent(last)) {
        return;
    }

    setRunning(false);
    showPicture(last);
    say(`Paused. ${sentence(shown.picture.measures)}`);
}

async function step() {
    if (!(await isReady())) {
        return;
    }

    await pause();
    const picture = await engine.call("step", 1);

    if (isCurrent(picture)) {
        showPicture(picture);
        network.playBackward();
        say(sentence(picture.measures));
    }
}

/** A picture may come late, when there is another network already, or none. */
const isCurrent = picture => shown?.beginning === picture.beginning;

/** The picture of a number of steps. */
function showPicture(picture) {
    shown.picture = picture;
    const { measures } = picture;
    surface.show(picture.surface, shown.outputs);

    if (picture.network) {
        network.show(picture.network);
    }

    curves.add(measures);
    curves.draw();

    byId("steps").textContent = measures.steps.toLocaleString("en");
    byId("epochs").textContent = measures.epochs.toFixed(measures.epochs < 100 ? 1 : 0);
    byId("training-accuracy").textContent = percent(measures.trainingAccuracy);
    byId("test-accuracy").textContent = percent(measures.testAccuracy);
    byId("training-loss").textContent = decimal(measures.trainingLoss);
    byId("test-loss").textContent = decimal(measures.testLoss);
    surface.label = `The plane from −1.25 to 1.25 with ${shown.points.length / 4} points of ${shown.classes.length} classes, in the colours of the classes that the `
        + `network predicts. ${sentence(measures)}`;

    if (measures.steps > 0 && !Number.isFinite(measures.trainingLoss)) {
        setRunning(false);
        showFault("The loss is not a number any more: the training has diverged. Choose a smaller learning rate, and draw new weights.");
    } else if (!wasGood && measures.trainingAccuracy >= GOOD) {
        wasGood = true;
        say(sentence(measures));
    }
}

/** What a network is worth, where there is none. */
function showNothing() {
    curves.clear();
    byId("legend").replaceChildren();
    surface.label = "The plane";
    byId("steps").textContent = "0";
    byId("epochs").textContent = "0";

    for (const id of ["training-accuracy", "test-accuracy", "training-loss", "test-loss"]) {
        byId(id).textContent = "–";
    }
}

function sentence({ steps, trainingAccuracy, testAccuracy, trainingLoss }) {
    const test = Number.isFinite(testAccuracy) ? ` and ${percent(testAccuracy)} of the test points` : "";

    return `After ${steps} ${steps === 1 ? "step" : "steps"}, ${percent(trainingAccuracy)} of the training points${test} are right; `
        + `the loss is ${decimal(trainingLoss)}.`;
}

function say(text) {
    byId("state").textContent = text;
}

function showFault(text) {
    byId("message").textContent = text;
    byId("message").hidden = text === "";
}

function showLegend({ classes, x, y }) {
    const shapes = [
        "M8 2a6 6 0 1 0 .01 0z", "M2.5 2.5h11v11h-11z", "M8 1.5l6 11.5h-12z", "M8 1l7 7-7 7-7-7z",
    ];

    const items = classes.map((name, label) => {
        const item = document.createElement("li");
        item.append(icon(shapes[label % 4], classColor(label), classColor(label)), name);

        return item;
    });

    if (state.test > 0) {
        const item = document.createElement("li");
        item.append(icon(shapes[0], "#ffffff", "#52606d"), "white: kept for the test");
        items.push(item);
    }

    if (x.low !== -1 || x.high !== 1) {
        const item = document.createElement("li");
        const range = ({ name, low, high }) => `${name} ${Number(low.toPrecision(4))} to ${Number(high.toPrecision(4))}`;
        item.textContent = `${range(x)}, ${range(y)}, scaled to −1 to 1`;
        items.push(item);
    }

    byId("legend").replaceChildren(...items);
}

function icon(path, fill, stroke) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    shape.setAttribute("d", path);
    shape.setAttribute("fill", fill);
    shape.setAttribute("stroke", stroke);
    shape.setAttribute("stroke-width", "1.5");
    svg.append(shape);

    return svg;
}

function enable(value) {
    for (const id of ["run", "step", "restart", "as-csharp", "save-safetensors", "save-onnx", "save-csv"]) {
        byId(id).disabled = !value;
    }
}

/** Sets the controls to the state. */
function showState() {
    for (const [name, value] of Object.entries(DEFAULTS)) {
        const control = byId(name);

        if (name === "data") {
            const choices = [...document.getElementsByName("data")];
            state.data = choices.some(choice => choice.value === state.data) ? state.data : value;
            choices.forEach(choice => (choice.checked = choice.value === state.data));
        } else {
            control.value = String(state[name]);

            // An address can hold anything: what the control does not take is left at its default.
            if (control.value !== String(state[name]) || !control.checkValidity()) {
                state[name] = value;
                control.value = String(value);
            }
        }
    }

    byId("noise-value").textContent = state.noise.toFixed(2);
    byId("drawn").hidden = state.data === "own";
    byId("own").hidden = state.data !== "own";
    surface.isDrawing = state.data === "own" && table === null;
}

function writeAddress() {
    const text = writeState(state);
    history.replaceState(null, "", text === "" ? location.pathname + location.search : `#${text}`);
}

/** Takes a change of the state: into the controls, the address, and what is trained. */
async function change(changes) {
    Object.assign(state, changes);
    writeAddress();
    showState();
    await begin();
}

/** What a training goes on with, without new weights. */
const GOES_ON = new Set(["optimizer", "rate", "penalty", "lambda", "batch"]);

async function changeTraining(changes) {
    Object.assign(state, changes);
    writeAddress();

    if (shown) {
        await engine.call("ChangeTraining", state.optimizer, state.rate, state.penalty, state.lambda, state.batch, state.seed);
    }
}

function listen() {
    byId("run").addEventListener("click", toggle);
    byId("step").addEventListener("click", step);
    byId("restart").addEventListener("click", () => begin());

    document.addEventListener("keydown", event => {
        if (event.altKey && event.key.toLowerCase() === "r" && !byId("run").disabled) {
            event.preventDefault();
            toggle();
        }
    });

    byId("speed").addEventListener("change", async () => {
        if (isRunning) {
            await engine.call("run", { stepsPerPicture: Number(byId("speed").value) });
        }
    });

    for (const choice of document.getElementsByName("data")) {
        choice.addEventListener("change", () => change({ data: choice.value }));
    }

    for (const [name, value] of Object.entries(DEFAULTS)) {
        if (name === "data") {
            continue;
        }

        byId(name).addEventListener("change", ({ target }) => {
            if (!target.checkValidity()) {
                target.reportValidity();

                return;
            }

            const next = { [name]: typeof value === "number" ? Number(target.value) : target.value };
            (GOES_ON.has(name) ? changeTraining : change)(next);
        });
    }

    byId("noise").addEventListener("input", ({ target }) => (byId("noise-value").textContent = Number(target.value).toFixed(2)));
    byId("edges").addEventListener("change", ({ target }) => (network.showsGradients = target.value === "gradients"));

    network.addEventListener("neuron", ({ detail }) => {
        surface.showNeuron(detail?.values ?? null, detail?.size);

        if (detail) {
            byId("neuron").textContent = detail.text;
        }
    });

    engine.addEventListener("picture", ({ detail }) => {
        if (isRunning && isCurrent(detail)) {
            showPicture(detail);
        }
    });

    engine.addEventListener("stopped", ({ detail }) => {
        setRunning(false);
        showFault(`The training stopped: ${detail}`);
    });
    addEventListener("unhandledrejection", ({ reason }) => showFault(String(reason?.message ?? reason)));

    listenToDrawing();
    listenToTables();
    listenToResults();

    onThemeChange(() => {
        surface.draw();
        curves.draw();

        network.repaint();
    });

    byId("untyped").addEventListener("click", () => useAssembly(null));

    // The address is the state's, so that this link must not go into it.
    document.querySelector(".skip").addEventListener("click", event => {
        event.preventDefault();
        byId(byId("training-panel").hidden ? "source" : "surface").focus();
    });

    addEventListener("hashchange", () => {
        state = readState(location.hash);
        table = null;
        restore();
    });
}

/** Shows the state that an address has. */
async function restore() {
    showState();
    const isOpen = compilerTab.open(state.compiler);
    state.compiler = isOpen ? state.compiler : "";
    const { typed: text } = state;

    if (text === "" || isOpen) {
        await useAssembly(null);

        return;
    }

    document.body.dataset.state = "busy";
    say("Compiling the network of this address…");

    try {
        const { assembly, className, declaration } = await compilerTab.build(text);

        // Another address may have come while the compiler was fetched.
        if (state.typed === text) {
            await useAssembly(assembly, className, declaration, text);
        }
    } catch (error) {
        await useAssembly(null);
        showFault(`The network of this address can't be trained: ${error.message}`);
    }
}

function listenToDrawing() {
    const brush = () => Number(document.querySelector("[name=brush]:checked").value);

    const undo = () => {
        table = null;
        change({ points: state.points.slice(0, -1) });
    };

    surface.addEventListener("add", ({ detail: { x, y } }) => {
        if (state.points.length < MOST_POINTS_IN_ADDRESS) {
            change({ points: [...state.points, { x: rounded(x), y: rounded(y), label: brush() }] });
        } else {
            showFault(`There are ${state.points.length} points already, and at most ${MOST_POINTS_IN_ADDRESS} can be drawn. Paste a table for more.`);
        }
    });
    surface.addEventListener("move", ({ detail: { x, y } }) => say(`x ${x.toFixed(2)}, y ${y.toFixed(2)}`));
    surface.addEventListener("undo", undo);
    surface.addEventListener("brush", ({ detail }) => {
        document.querySelector(`[name=brush][value="${detail}"]`).checked = true;
        say(`Points are of class ${detail}.`);
    });

    byId("undo").addEventListener("click", undo);
    byId("clear").addEventListener("click", () => {
        table = null;
        change({ points: [] });
    });
}

function listenToTables() {
    const use = async text => {
        const fault = byId("csv-fault");

        let points;

        try {
            points = await engine.call("choose", "ChooseCsv", text);
        } catch (error) {
            fault.textContent = error.message;
            fault.hidden = false;
            byId("csv").setAttribute("aria-invalid", "true");

            return;
        }

        fault.hidden = true;
        byId("csv").removeAttribute("aria-invalid");
        table = text;
        await change({ points: Array.from({ length: points.length / 4 }, (_, i) => ({ x: points[4 * i], y: points[4 * i + 1], label: points[4 * i + 2] })) });

        if (state.points.length > MOST_POINTS_IN_ADDRESS) {
            say(`These are ${state.points.length} points: too many for the address, so a link has everything but them.`);
        }
    };

    byId("use-csv").addEventListener("click", () => use(byId("csv").value));
    byId("csv-file").addEventListener("change", async ({ target }) => {
        if (target.files.length > 0) {
            byId("csv").value = await target.files[0].text();
            await use(byId("csv").value);
        }
    });
}

function listenToResults() {
    byId("as-csharp").addEventListener("click", async () => {
        byId("csharp").textContent = await engine.call("AsCSharp");
        byId("code").showModal();
    });
    byId("close-code").addEventListener("click", () => byId("code").close());
    byId("copy-code").addEventListener("click", () => copy(byId("csharp").textContent, byId("copy-code")));
    byId("copy-link").addEventListener("click", () => copy(location.href, byId("copy-link")));
    byId("save-safetensors").addEventListener("click", async () => saveFile("PlaygroundNet.safetensors", await engine.call("SaveSafetensors")));
    byId("save-onnx").addEventListener("click", async () => saveFile("PlaygroundNet.onnx", await engine.call("SaveOnnx")));
    byId("save-csv").addEventListener("click", async () => saveFile("points.csv", await engine.call("SaveCsv")));
}

async function copy(text, button) {
    try {
        await navigator.clipboard.writeText(text);
        say(`Copied ${button.id === "copy-link" ? "the link" : "the program"}.`);
    } catch {
        say("The browser does not let the page copy: mark the text and copy it yourself.");
    }
}

listen();

try {
    await restore();
} catch (error) {
    document.body.dataset.state = "failed";
    showFault(`The library could not be started: ${error.message}. Load the page again to try once more.`);
    say("");
}
