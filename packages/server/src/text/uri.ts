import { slashes } from '@danglint/core';
import { URI } from 'vscode-uri';

/** The absolute path of a `file:` address, with forward slashes and a small drive letter; null for other schemes. */
export function pathOf(uri: string): string | null {
  try {
    const parsed = URI.parse(uri);
    return parsed.scheme === 'file' ? slashes(parsed.fsPath) : null;
  } catch {
    return null;
  }
}

export function uriOf(path: string): string {
  return URI.file(path).toString();
}
