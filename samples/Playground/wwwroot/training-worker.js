// Runs the .NET program in a worker: answers calls of the page, and trains while the page asks it to.

import { dotnet } from "./_framework/dotnet.js";

/** The time from one picture to the next, in milliseconds: 25 pictures a second. */
const PICTURE_INTERVAL = 40;

let engine;
let running = null;
let timer;
let column = 0;
let beginning = 0;
let lastPicture = 0;
let columns = [];

/** Whether the page is still drawing the last picture: the training does not wait for it, but the next picture does. */
let isDrawing = false;

const floats = bytes => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);

/** What the page can call; everything else is a function of the engine of the same name. */
const calls = {
    begin(...settings) {
        stop();
        const description = JSON.parse(engine.Begin(...settings));
        columns = description.columns;
        column = 0;
        beginning++;

        return { ...description, beginning, points: floats(engine.Points()), ...JSON.parse(engine.PointsText()), picture: picture(true) };
    },

    /** Trains so many steps, and gives the picture after them with the gradients of the last one. */
    step(count) {
        engine.Step(count);

        return picture(true);
    },

    /** Trains until stop; each picture comes as a message of its own. */
    run({ stepsPerPicture }) {
        running = { stepsPerPicture };
        lastPicture = performance.now();
        clearTimeout(timer);
        timer = setTimeout(train);
    },

    /** Ends the training, and gives the picture of its last step. */
    stop() {
        stop();

        return picture(true);
    },
};

function stop() {
    running = null;
}

/** One turn of training after another; what goes wrong ends it. */
function train() {
    if (running === null) {
        return;
    }

    try {
        turn();
        timer = setTimeout(train, running?.stepsPerPicture > 0 ? PICTURE_INTERVAL : 0);
    } catch (error) {
        stop();
        postMessage({ stopped: error.message });
    }
}

/** As many steps as fit between two pictures, or as the page wants to see at a time, and a picture if the page has drawn the one before. */
function turn() {
    if (running.stepsPerPicture > 0) {
        if (isDrawing) {
            return;
        }

        engine.Step(running.stepsPerPicture);
    } else {
        const end = lastPicture + PICTURE_INTERVAL;

        do {
            engine.Step(1);
        } while (performance.now() < end);
    }

    lastPicture = performance.now();

    if (isDrawing) {
        return;
    }

    const now = picture(false);
    isDrawing = true;
    postMessage({ picture: now });

    if (!Number.isFinite(now.measures.trainingLoss)) {
        stop();
    }
}

/** What the page draws. The neurons of all layers, or of one after another, so that a picture stays cheap. */
function picture(all) {
    const surface = floats(engine.Surface());
    const shown = all ? columns : columns.length > 0 ? [columns[column++ % columns.length]] : [];
    const neurons = shown.map(({ name }) => ({ name, values: floats(engine.Neurons(name)) }));
    const [steps, epochs, trainingLoss, testLoss, trainingAccuracy, testAccuracy] = engine.Measure();

    return {
        beginning,
        surface,
        neurons,
        parameters: floats(engine.Parameters()),
        gradients: floats(engine.Gradients()),
        measures: { steps, epochs, trainingLoss, testLoss, trainingAccuracy, testAccuracy },
    };
}

addEventListener("message", ({ data: { id, call, args, drawn } }) => {
    if (drawn) {
        isDrawing = false;

        return;
    }

    try {
        const result = call in calls ? calls[call](...args) : engine[call](...args);
        postMessage({ id, result });
    } catch (error) {
        postMessage({ id, error: error.message });
    }
});

try {
    const { getAssemblyExports } = await dotnet.create();
    engine = (await getAssemblyExports("Playground")).Playground.Engine;
    postMessage({ ready: true });
} catch (error) {
    postMessage({ failed: error.message });
}
