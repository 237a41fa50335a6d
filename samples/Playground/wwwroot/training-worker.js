// Runs the .NET program in a worker: answers calls of the page, and trains while the page asks it to.

import { dotnet } from "./_framework/dotnet.js";

/** The time from one picture to the next, in milliseconds: 25 pictures a second. */
const PICTURE_INTERVAL = 40;

/** A turn that waits for the page to draw is so long, in milliseconds. */
const SHORTEST_TURN = 5;

/** Every so many pictures show the neurons and the lines between them as well, which take longer to draw than all else. */
const NETWORK_INTERVAL = 4;

let engine;
let running = null;
let timer;
let pictures = 0;
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
        beginning++;

        return { ...description, beginning, points: floats(engine.Points()), ...JSON.parse(engine.PointsText()), picture: picture(true) };
    },

    /** Takes points by a function of the engine, and gives them as they will be drawn. */
    choose(by, ...choice) {
        engine[by](...choice);

        return floats(engine.ChosenPoints());
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
        const end = Math.max(lastPicture + PICTURE_INTERVAL, performance.now() + SHORTEST_TURN);

        do {
            engine.Step(1);
        } while (performance.now() < end);
    }

    if (isDrawing) {
        return;
    }

    lastPicture = performance.now();
    const now = picture(pictures++ % NETWORK_INTERVAL === 0);
    isDrawing = true;
    postMessage({ picture: now });

    if (!Number.isFinite(now.measures.trainingLoss)) {
        stop();
    }
}

/** What the page draws, with or without the network itself. */
function picture(withNetwork) {
    const surface = floats(engine.Surface());

    // What the neurons gave for the surface is there until something else is measured.
    const network = withNetwork && {
        neurons: columns.map(({ name }) => ({ name, values: floats(engine.Neurons(name)) })),
        parameters: floats(engine.Parameters()),
        gradients: floats(engine.Gradients()),
    };
    const [steps, epochs, trainingLoss, testLoss, trainingAccuracy, testAccuracy] = engine.Measure();

    return { beginning, surface, network, measures: { steps, epochs, trainingLoss, testLoss, trainingAccuracy, testAccuracy } };
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

// A file that does not come is no error of dotnet.create, which then never ends.
addEventListener("unhandledrejection", ({ reason }) => postMessage({ failed: String(reason?.message ?? reason) }));

try {
    const { getAssemblyExports } = await dotnet.create();
    engine = (await getAssemblyExports("Playground")).Playground.Engine;
    postMessage({ ready: true });
} catch (error) {
    postMessage({ failed: error.message });
}
