/** The part of the WebAssembly interface that starts the parser. Node has it; the ES library's types do not. */
declare namespace WebAssembly {
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  function instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ readonly instance: Instance; readonly module: Module }>;
}
