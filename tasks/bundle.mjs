/** Bundles the CLI: packages/cli/src/main.ts -> packages/cli/dist/danglint.js, with the wasm files beside it. */
console.error('bundle: nothing yet');
