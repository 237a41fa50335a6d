// The state of the page, which its address holds: only what differs from the defaults, so that addresses stay short.

/** The settings with their defaults. The name of each is the name in the address and of the control in the page. */
export const DEFAULTS = Object.freeze({
    data: "spiral",
    samples: 300,
    noise: 0.02,
    test: 0.2,
    activation: "ReLU",
    layers: 2,
    width: 16,
    optimizer: "Adam",
    rate: 0.01,
    penalty: "none",
    lambda: 0.001,
    batch: 32,
    seed: 0,
});

/** Points of the user's own are in the address up to this number. */
export const MOST_POINTS_IN_ADDRESS = 400;

/** Reads an address's fragment; what is unknown or no number is left at its default. */
export function readState(fragment) {
    const state = { ...DEFAULTS, points: [], compiler: "", typed: "" };

    for (const [name, text] of new URLSearchParams(fragment.replace(/^#/, ""))) {
        if (name === "points") {
            state.points = decodePoints(text);
        } else if (name === "compiler") {
            state.compiler = text;
        } else if (name === "typed") {
            state.typed = text;
        } else if (typeof DEFAULTS[name] === "number") {
            state[name] = Number.isFinite(Number(text)) && text !== "" ? Number(text) : state[name];
        } else if (Object.hasOwn(DEFAULTS, name)) {
            state[name] = text;
        }
    }

    return state;
}

/** Writes a state as a fragment. */
export function writeState(state) {
    const parts = new URLSearchParams();

    for (const [name, value] of Object.entries(DEFAULTS)) {
        if (state[name] !== value) {
            parts.set(name, state[name]);
        }
    }

    if (state.data === "own" && state.points.length > 0 && state.points.length <= MOST_POINTS_IN_ADDRESS) {
        parts.set("points", encodePoints(state.points));
    }

    // The text in the compiler's tab, while it is open; or that of the network that is trained, if it is one that was typed.
    if (state.compiler !== "") {
        parts.set("compiler", state.compiler);
    } else if (state.typed !== "") {
        parts.set("typed", state.typed);
    }

    return parts.toString();
}

// A point is three bytes, x, y and class, which are four letters of base64 with the letters that addresses leave alone.
const STEPS = 200;
const VIEW = 1.25;

/** The nearest coordinate that an address can hold. */
export const rounded = value => coordinateOf(byteOf(value));

const byteOf = value => Math.min(STEPS, Math.max(0, Math.round((value / VIEW + 1) * STEPS / 2)));
const coordinateOf = byte => VIEW * (2 * Math.min(STEPS, byte) / STEPS - 1);

function encodePoints(points) {
    const bytes = new Uint8Array(3 * points.length);

    points.forEach(({ x, y, label }, i) => bytes.set([byteOf(x), byteOf(y), label], 3 * i));

    return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

function decodePoints(text) {
    let bytes;

    try {
        bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
    } catch {
        return [];
    }

    const points = [];

    for (let i = 0; i + 2 < bytes.length; i += 3) {
        points.push({ x: coordinateOf(bytes[i]), y: coordinateOf(bytes[i + 1]), label: Math.min(7, bytes[i + 2]) });
    }

    return points;
}
