export type { ProgramSource } from './program.ts';
export { startServer, type Transport } from './start.ts';
