/** A frame of the exception, as far as it is needed to find the code again. */
export interface Frame {
  /** As Sentry names it: below a source root, not below the project. */
  readonly filename: string | null;
  readonly module: string | null;
  readonly function: string | null;
  /** A hint only: releases drift. */
  readonly line: number | null;
  /** The text of the line. */
  readonly context: string | null;
}

/** One production issue about a missing row. Nothing about users, requests or variables is kept. */
export interface Issue {
  /** Sentry's id; what events name as their group. */
  readonly id: string;
  /** `SENTRY-5D9J`; the id where there is none. */
  readonly shortId: string;
  readonly title: string;
  /** The model that the message names. */
  readonly model: string | null;
  readonly events: number;
  readonly users: number;
  readonly lastSeen: string | null;
  readonly permalink: string | null;
  /** Frames of the project's own code, the crash last. Empty when only an issue list was imported. */
  readonly frames: readonly Frame[];
  /** What the issue list says of the crash frame. */
  readonly filename: string | null;
  readonly function: string | null;
}

/** True for the class name of Django's exception for a missing row, with or without what it belongs to. */
export function isMissingRow(type: string): boolean {
  return /(?:^|\.)(?:RelatedObject)?DoesNotExist$/.test(type);
}

/** `Detector matching query does not exist.` */
export function modelOf(message: string): string | null {
  return /(?:^|: )([A-Za-z_]\w*) matching query does not exist/.exec(message)?.[1] ?? null;
}

/** Type and message as far as Django wrote them: a message of the project's own may hold personal data. */
export function titleOf(type: string, message: string): string {
  const own = /\w+ matching query does not exist\.?|\w+ has no \w+\.?/.exec(message)?.[0];
  return own === undefined ? type : `${type}: ${own}`;
}
