import picocolors from 'picocolors';

/** The colours that output uses, by meaning. Without colour every one returns its text. */
export interface Colors {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly error: Paint;
  readonly warning: Paint;
  readonly info: Paint;
  /** Line numbers, arrows, frames. */
  readonly frame: Paint;
  /** Labels of secondary places. */
  readonly label: Paint;
  readonly added: Paint;
  readonly removed: Paint;
  /** `[*]` and `help`. */
  readonly help: Paint;
  /** Text that leads somewhere when it is clicked (OSC 8); plain where the terminal cannot. */
  readonly link: (text: string, url: string) => string;
}

type Paint = (text: string) => string;

export function colors(enabled: boolean, links = false): Colors {
  const pc = picocolors.createColors(enabled);
  const bold =
    (paint: Paint): Paint =>
    (text) =>
      pc.bold(paint(text));
  return {
    bold: pc.bold,
    dim: pc.dim,
    error: bold(pc.red),
    warning: bold(pc.yellow),
    info: bold(pc.blue),
    frame: bold(pc.blue),
    label: pc.cyan,
    added: pc.green,
    removed: pc.red,
    help: bold(pc.cyan),
    link: (text, url) => (links ? `${OSC8}${url}${END}${text}${OSC8}${END}` : text),
  };
}

const OSC8 = '\u{1b}]8;;';
const END = '\u{1b}\\';

export const PLAIN: Colors = colors(false);

export type ColorChoice = 'auto' | 'always' | 'never';

/**
 * Whether a stream gets colours: the flag first, then NO_COLOR and FORCE_COLOR, then whether it is a terminal. Always a
 * boolean, even for a pipe whose `isTTY` Node leaves undefined: the colour library would go by its own rules then.
 */
export function wantsColor(
  choice: ColorChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (set(env['NO_COLOR'])) return false;
  if (set(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return isTerminal ? env['TERM'] !== 'dumb' : false;
}

function set(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
