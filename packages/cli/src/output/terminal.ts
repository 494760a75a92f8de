import { shownOn } from './charset.ts';

/** A terminal that answers with single keys. */
export interface Terminal {
  readonly write: (text: string) => void;
  /** The next key, in lower case; `ctrl-c` and `ctrl-d` by name. */
  readonly key: () => Promise<string>;
  /** Gives the terminal to another program while `work` runs. */
  readonly lend: <T>(work: () => T) => T;
  readonly close: () => void;
}

/** The terminal of this process. Works over ssh: it reads bytes and asks the terminal for nothing. */
export function processTerminal(): Terminal {
  const { stdin, stdout } = process;
  const waiting: string[] = [];
  let wake: (() => void) | null = null;
  const take = (chunk: Buffer): void => {
    const text = chunk.toString('utf8');
    /** Arrows and function keys come as one chunk; they mean nothing here. */
    if (text.startsWith('\u{1b}')) return;
    waiting.push(...Array.from(text));
    wake?.();
  };
  const open = (): void => {
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', take);
  };
  const shut = (): void => {
    stdin.off('data', take);
    stdin.setRawMode(false);
    stdin.pause();
  };
  stdin.on('end', () => {
    waiting.push('\u{4}');
    wake?.();
  });
  open();
  return {
    write: (text) => void stdout.write(shownOn(stdout, text)),
    async key() {
      if (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
      return named(waiting.shift() ?? '');
    },
    lend(work) {
      shut();
      try {
        return work();
      } finally {
        open();
      }
    },
    close: shut,
  };
}

function named(key: string): string {
  if (key === '\u{3}') return 'ctrl-c';
  if (key === '\u{4}') return 'ctrl-d';
  return key.toLowerCase();
}
