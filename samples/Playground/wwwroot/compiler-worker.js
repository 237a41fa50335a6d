// Runs the compiler in a worker of its own, so that neither the page nor the training waits for it.

import { dotnet } from "./_framework/dotnet.js";

let compiler;

/** The number of the newest text, of the text that was looked at last, and of the text that was compiled last. */
let newest = 0;
let looked = 0;
let compiled = 0;

/** The compiler works on one text at a time: each message waits for those before it. */
let work = Promise.resolve();

/** A chance for messages that wait to come in. */
const pause = () => new Promise(resolve => setTimeout(resolve));

const calls = {
    /** Two reports on a text: of its declarations at once, and of all of it, unless another text has come by then. */
    async look({ number, text }) {
        if (number < newest) {
            return;
        }

        await report("first", number, () => compiler.Check(text));
        looked = number;
        await pause();

        if (number === newest) {
            await report("whole", number, () => compiler.Compile());
            compiled = number;
        }
    },

    /** An assembly of the text that was looked at last. */
    async build({ id }) {
        if (compiled !== looked) {
            await report("whole", looked, () => compiler.Compile());
            compiled = looked;
        }

        const result = JSON.parse(compiler.Build());
        postMessage({ id, result: { ...result, assembly: compiler.TakeAssembly() } });
    },

    /** What is at a character of the text that was looked at last. */
    hover({ id, position, number }) {
        postMessage({ id, result: number === looked ? JSON.parse(compiler.Hover(position) ?? "null") : null });
    },
};

async function report(kind, number, look) {
    const start = performance.now();
    const { faults, files, networks } = JSON.parse(await look());
    postMessage({ report: { kind, number, faults, files, networks, milliseconds: performance.now() - start } });
}

addEventListener("message", ({ data }) => {
    newest = data.call === "look" ? data.number : newest;
    work = work.then(() => calls[data.call](data)).catch(error => postMessage({ id: data.id, error: error.message }));
});

async function start() {
    const { getAssemblyExports, getConfig, INTERNAL } = await dotnet.create();
    // A build has symbols for a debugger beside them.
    const assemblies = getConfig().resources.lazyAssembly.filter(({ virtualPath }) => virtualPath.endsWith(".wasm"));
    let loaded = 0;

    await Promise.all(assemblies.map(async ({ virtualPath }) => {
        await INTERNAL.loadLazyAssembly(virtualPath);
        postMessage({ progress: ++loaded / assemblies.length });
    }));

    compiler = (await getAssemblyExports("Playground.Compiler")).Playground.Compiler.CompilerExports;
}

// A file that does not come is no error of dotnet.create, which then never ends.
addEventListener("unhandledrejection", ({ reason }) => postMessage({ failed: String(reason?.message ?? reason) }));

// Texts that come while the compiler loads wait for it.
work = start().then(() => postMessage({ ready: true }));
work.catch(error => postMessage({ failed: error.message }));
