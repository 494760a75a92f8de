import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Session } from '../session.ts';
import { type Files, sessionOf } from './program.ts';

const SHOP = fileURLToPath(new URL('../../../../../examples/shop', import.meta.url));

/** The files of the example. */
export function shop(): Map<string, string> {
  const paths = readdirSync(SHOP, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  return new Map(
    paths
      .filter((path) => path.endsWith('.py'))
      .map((path) => [path, readFileSync(`${SHOP}/${path}`, 'utf8')]),
  );
}

/** All that a session says of its program. */
export function said(session: Session): readonly string[] {
  return [...session.judgements(), ...session.observations()].map((one) => JSON.stringify(one));
}

/** Fails when a session says something else than one that just loaded the files. */
export async function expectFresh(session: Session, files: Files): Promise<void> {
  expect(said(session)).toEqual(said(await sessionOf(files)));
}
