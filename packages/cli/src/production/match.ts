import type { Frame, Issue } from './issue.ts';

/** A lookup that an issue may come from. */
export interface Place {
  /** Relative to the project root, forward slashes. */
  readonly path: string;
  /** Qualified name. */
  readonly function: string | null;
  readonly model: string | null;
  /** The lines that the lookup takes, without blanks around. */
  readonly lines: readonly string[];
  readonly firstRow: number;
}

/** The places that an issue fits best. Several: nothing tells them apart. */
export interface Match<P extends Place> {
  readonly places: readonly P[];
  readonly score: number;
}

/**
 * Points of the three keys. A place counts with file and function, with file and the text of the line, or, where the issue
 * names no code at all, with the model alone.
 */
const POINTS = { file: 30, function: 30, context: 40, model: 20, line: 2, earlierFrame: -15 } as const;

/** The best places of an issue; null when there is none. */
export function bestPlaces<P extends Place>(issue: Issue, places: readonly P[]): Match<P> | null {
  const possible = places.filter(
    ({ model }) => issue.model === null || model === null || model === issue.model,
  );
  const scored = located(issue)
    ? possible.map((place) => ({ place, ...locatedScore(issue, place) }))
    : possible
        .filter(({ model }) => issue.model !== null && model === issue.model)
        .map((place) => ({ place, score: POINTS.model, suffix: 0 }));
  const fitting = scored.filter(({ score }) => score > 0);
  const longest = Math.max(0, ...fitting.map(({ suffix }) => suffix));
  const near = fitting.filter(({ suffix }) => suffix === longest);
  const score = Math.max(0, ...near.map((candidate) => candidate.score));
  const best = near.filter((candidate) => candidate.score === score).map(({ place }) => place);
  return best.length === 0 ? null : { places: best, score };
}

/** Whether an issue says where in the code it happened. */
export function located({ frames, filename }: Issue): boolean {
  return filename !== null || frames.some((frame) => frame.filename !== null || frame.module !== null);
}

interface Score {
  readonly score: number;
  /** Path components that agree, counted from the end. */
  readonly suffix: number;
}

const NONE: Score = { score: 0, suffix: 0 };

function locatedScore(issue: Issue, place: Place): Score {
  const model = issue.model !== null && issue.model === place.model ? POINTS.model : 0;
  const add = ({ score, suffix }: Score, more: number): Score =>
    score === 0 ? NONE : { score: score + more, suffix };
  const last = issue.frames.at(-1);
  const crash: Frame = last ?? {
    filename: issue.filename,
    module: null,
    function: issue.function,
    line: null,
    context: null,
  };
  const direct = add(frameScore(crash, place), model);
  if (direct.score > 0) return direct;
  /** A helper of the project's own may be the last frame: its caller counts when the model agrees. */
  if (model === 0) return NONE;
  for (const frame of issue.frames.slice(0, -1).reverse()) {
    const earlier = add(frameScore(frame, place), model + POINTS.earlierFrame);
    if (earlier.score > 0) return earlier;
  }
  return NONE;
}

function frameScore(frame: Frame, place: Place): Score {
  const suffix = fileSuffix(frame, place.path);
  if (suffix === 0) return NONE;
  const context = frame.context !== null && place.lines.includes(frame.context);
  const sameFunction =
    frame.function !== null && place.function !== null && sameName(frame.function, place.function);
  if (!context && !sameFunction) return NONE;
  const line =
    frame.line !== null && frame.line >= place.firstRow && frame.line < place.firstRow + place.lines.length;
  return {
    suffix,
    score:
      POINTS.file +
      (sameFunction ? POINTS.function : 0) +
      (context ? POINTS.context : 0) +
      (line ? POINTS.line : 0),
  };
}

/** How many components of the frame's file agree with the path; 0 unless one is the end of the other, or two agree. */
function fileSuffix({ filename, module }: Frame, path: string): number {
  const own = path.split('/');
  const names =
    filename === null
      ? []
      : [
          filename
            .replaceAll('\\', '/')
            .split('/')
            .filter((part) => part !== ''),
        ];
  const modules =
    module === null
      ? []
      : [`${module.replaceAll('.', '/')}.py`, `${module.replaceAll('.', '/')}/__init__.py`];
  const candidates = [...names, ...modules.map((name) => name.split('/'))];
  return Math.max(
    0,
    ...candidates.map((parts) => {
      let n = 0;
      while (n < parts.length && n < own.length && parts.at(-1 - n) === own.at(-1 - n)) n++;
      return n === parts.length || n === own.length || n >= 2 ? n : 0;
    }),
  );
}

/** Before Python 3.11 a frame has the bare name of its function, later ones have the qualified name. */
function sameName(frame: string, qualified: string): boolean {
  const clean = (name: string): string => name.replaceAll('<locals>.', '');
  const [short, long] = [clean(frame), clean(qualified)];
  return short === long || long.endsWith(`.${short}`);
}
