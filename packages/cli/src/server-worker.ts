import { parentPort } from 'node:worker_threads';
import { serveAnalysis } from '@danglint/server/analysis';
import { programSource } from './editor/source.ts';

if (parentPort !== null) await serveAnalysis(parentPort, programSource());
