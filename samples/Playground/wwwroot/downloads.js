// Files that the browser saves.

/** Saves bytes or a text under a name. */
export function saveFile(name, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
    link.download = name;
    link.click();

    // Some browsers read the content a moment after the click.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
