import { EXITS, type Outcome } from '../exit.ts';
import type { Printed } from '../output/streams.ts';
import { type CacheFolder, isRecord } from './folder.ts';

/** What a run came to: all that it put out, in order, and its outcome. */
export interface Answer {
  readonly outcome: Outcome;
  readonly printed: readonly Printed[];
}

const FOLDER = 'answers';
const MOST = { files: 16, bytes: 32 << 20 };

/** The answer under a key (hexadecimal); null when there is none. */
export function storedAnswer(folder: CacheFolder, key: string): Answer | null {
  const stored = folder.read(`${FOLDER}/${key}.json`);
  if (!isRecord(stored)) return null;
  const { outcome, printed } = stored;
  if (!isOutcome(outcome) || !Array.isArray(printed)) return null;
  const all: readonly unknown[] = printed;
  return all.every(isPrinted) ? { outcome, printed: all } : null;
}

/** Keeps an answer, and the last few others. */
export function storeAnswer(folder: CacheFolder, key: string, answer: Answer): void {
  if (folder.write(`${FOLDER}/${key}.json`, answer)) folder.trim(FOLDER, MOST);
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'string' && Object.hasOwn(EXITS, value);
}

function isPrinted(value: unknown): value is Printed {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [to, text]: readonly unknown[] = value;
  const known = to === 'stdout' || to === 'stderr' || (isRecord(to) && typeof to['file'] === 'string');
  return known && typeof text === 'string';
}
