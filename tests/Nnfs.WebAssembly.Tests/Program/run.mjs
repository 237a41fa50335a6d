// Runs the program in node: node run.mjs FOLDER [ARGUMENT …], with the folder that has _framework in it.
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const [folder, ...options] = process.argv.slice(2);
const { dotnet } = await import(pathToFileURL(resolve(folder, '_framework/dotnet.js')));
const { runMain } = await dotnet.withApplicationArguments(...options).create();

process.exitCode = await runMain();
