// The colours of classes, which colour-blind people can tell apart (Okabe and Ito 2008), and of numbers below and above zero.

const CLASSES = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bb1", "#7a7a7a"];
const BELOW = [213, 94, 0];
const ABOVE = [0, 114, 178];

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Calls back when the page changes between light and dark. */
export const onThemeChange = callback => dark.addEventListener("change", callback);

/** The colours that the page itself has. */
export const ink = () => (dark.matches ? "#eaf0f5" : "#16202a");
export const faint = () => (dark.matches ? "#aab7c2" : "#52606d");
export const line = () => (dark.matches ? "#4a5661" : "#c9d1d8");
export const middle = () => (dark.matches ? [30, 37, 44] : [248, 249, 250]);

export const classColor = label => CLASSES[label % CLASSES.length];

export const classRgb = CLASSES.map(color => [1, 3, 5].map(start => parseInt(color.slice(start, start + 2), 16)));

/** Paints values, the greatest of which has the full colour: orange below zero, the page's own shade at zero, blue above. */
export function paintSigned(values, image) {
    const from = middle();
    const most = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);

    for (let i = 0; i < values.length; i++) {
        const end = values[i] < 0 ? BELOW : ABOVE;
        const share = Math.abs(values[i]) / most;

        for (let j = 0; j < 3; j++) {
            image.data[4 * i + j] = from[j] + share * (end[j] - from[j]);
        }

        image.data[4 * i + 3] = 255;
    }
}

export const signedColor = value => `rgb(${(value < 0 ? BELOW : ABOVE).join(" ")})`;
