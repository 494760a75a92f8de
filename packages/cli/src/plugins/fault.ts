import type { Fault } from '../config/value.ts';

/** What is wrong with a plugin; the loader adds which one and where it is named. */
export class PluginFault extends Error {
  readonly help: string | null;

  constructor({ message, help }: Fault) {
    super(message);
    this.name = 'PluginFault';
    this.help = help;
  }
}

/** Stops with what is wrong. */
export function fail(message: string, help: string | null = null): never {
  throw new PluginFault({ message, help });
}
