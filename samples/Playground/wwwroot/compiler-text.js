// A text in an address: UTF-8 as base64, with the letters that addresses leave alone.

export function encodeText(text) {
    return btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(""))
        .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The text, or null where there is none or it was cut off. */
export function decodeText(encoded) {
    if (encoded === "") {
        return null;
    }

    try {
        const bytes = Uint8Array.from(atob(encoded.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));

        return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
    } catch {
        return null;
    }
}
