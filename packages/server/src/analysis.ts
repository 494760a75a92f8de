/** What the thread of the analysis needs; without the protocol. */
export { serveAnalysis } from './analysis/remote.ts';
export {
  type ConfigurationChoice,
  Faulty,
  type ProductionNote,
  type Program,
  type ProgramFault,
  type ProgramSource,
  type Standing,
} from './program.ts';
