export type { ProgramSource } from './program.ts';
export { startServer } from './start.ts';
