import { MODELS, TASK } from '../samples.ts';
import { CALLER, GETTER } from './plugin.ts';

/** For tests: the same numbers for the same seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below `n`. */
  below(n: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * n);
  }

  of<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }
}

const HANDLED = `${CALLER.slice(0, CALLER.indexOf('\n\n\n@'))}
from shop.models import Detector


@shared_task
def process(detector_id):
    try:
        detector_of(detector_id).save()
    except Detector.DoesNotExist:
        return
`;

/** Texts that agree and disagree with each other in every combination. */
export const TEXTS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'shop/models.py': [
    MODELS,
    MODELS.replace('class Detector', 'class Other'),
    `${MODELS}\n\nclass Alert(models.Model):\n    detector = models.ForeignKey(Detector, on_delete=models.DO_NOTHING, db_constraint=False)\n`,
    'class (\n',
  ],
  'shop/lookup.py': [
    GETTER,
    GETTER.replace('    return', '    # danglint: ignore[DNE009] é𝒹\n    return'),
    GETTER.replace('.get(id=pk)', '.filter(id=pk).first()'),
    '',
  ],
  'shop/tasks.py': [TASK, CALLER, HANDLED, `${TASK}\r\nx = "é𝒹"\r\n${CALLER}`],
  'shop/alerts.py': [
    'from shop.models import Alert\n\n\ndef show(alert):\n    return alert.detector\n',
    'from shop.tasks import process\n\n\ndef run(pk):\n    process.delay(pk)\n',
    '"""nothing"""\n',
  ],
};

export const PATHS = ['shop/models.py', 'shop/lookup.py', 'shop/tasks.py', 'shop/alerts.py'] as const;
