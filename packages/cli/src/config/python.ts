import { parseValid } from '@danglint/core';
import { bad, shown, text, type ValueType } from './value.ts';

/** A statement that a fix writes, `{model}` in it; one that is no Python would leave every finding without a fix. */
export const statement: ValueType<string> = python('a statement of Python', (value) =>
  value.replaceAll('{model}', 'model'),
);

/** What a method can be called of. */
export const receiver: ValueType<string> = python('a name', (value) =>
  /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(value) ? `${value}.info()` : null,
);

/** A text that is Python once `code` has made a statement of it; null: it is none. */
function python(wanted: string, code: (value: string) => string | null): ValueType<string> {
  return {
    ...text,
    read(value, context) {
      const given = text.read(value, context);
      if (!given.ok) return given;
      const made = code(given.value);
      return made !== null && isStatement(made) ? given : bad(`${shown(value)} is not ${wanted}`);
    },
  };
}

/** Where every statement may stand: in a loop of an async function. */
function isStatement(code: string): boolean {
  const indented = code.trim().replaceAll('\n', '\n        ');
  return parseValid(`async def f():\n    for _ in ():\n        ${indented}\n`) !== null;
}
