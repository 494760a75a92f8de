import { defineRecipe, span } from 'danglint';

const NAME = { recipe: 'gone-response' };

/** `row = lookup` on one line of a view becomes the same inside `try`, with a 410 for a row that is gone. */
export const goneResponse = defineRecipe({
  name: 'gone-response',
  pattern: 'gone',
  build: ({ judgement, source }) => {
    const { lookup } = judgement;
    const { text, newline } = source;
    const start = text.lastIndexOf(newline, lookup.span.start - 1) + newline.length;
    const next = text.indexOf(newline, lookup.span.end);
    const line = text.slice(start, next < 0 ? text.length : next);
    const indent = /^[ \t]+(?=\w+ = )/.exec(line)?.[0];
    if (lookup.host.entry !== 'view')
      return { refusal: { ...NAME, reason: 'the lookup stands in a helper, which has no response to give' } };
    if (indent === undefined || start > lookup.span.start)
      return { refusal: { ...NAME, reason: 'the lookup is no plain assignment on a line of its own' } };
    const replacement = [
      `${indent}try:`,
      `${indent}    ${line.slice(indent.length)}`,
      `${indent}except ${lookup.exception}:`,
      `${indent}    return HttpResponse(status=410)`,
    ].join(newline);
    return {
      fix: {
        ...NAME,
        title: 'Answer 410 when the row is gone',
        pattern: 'gone',
        applicability: 'unsafe',
        why: 'the sender stops sending this event, which is right only for a row that will not come back',
        edits: [{ ...span(start, start + line.length), text: replacement }],
        imports: [{ module: 'django.http', name: 'HttpResponse' }],
        group: lookup.host.function,
        others: [],
      },
    };
  },
});
