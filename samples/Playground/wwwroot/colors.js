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

/** From −1 to 1: orange, the page's own shade, blue. */
export function signedRgb(value, into, at) {
    const end = value < 0 ? BELOW : ABOVE;
    const share = Math.min(1, Math.abs(value));
    const from = middle();

    for (let i = 0; i < 3; i++) {
        into[at + i] = from[i] + share * (end[i] - from[i]);
    }

    into[at + 3] = 255;
}

export const signedColor = value => `rgb(${(value < 0 ? BELOW : ABOVE).join(" ")})`;
