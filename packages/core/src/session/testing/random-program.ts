import * as fc from 'fast-check';
import type { Files } from './program.ts';

/** What one module of a random program says, with numbers in place of the modules that it speaks of. */
export interface ModulePlan {
  readonly imports: readonly (readonly [form: number, target: number])[];
  readonly unique: boolean;
  readonly manager: number;
  readonly foreign: number;
  readonly rows: readonly [form: number, target: number];
  readonly load: readonly [form: number, target: number];
  readonly run: readonly (readonly [form: number, target: number])[];
}

const target = fc.nat({ max: 5 });
const step = fc.tuple(fc.nat({ max: 7 }), target);

/** Plans of six modules that import and call each other in circles. */
export const plans: fc.Arbitrary<readonly ModulePlan[]> = fc.array(
  fc.record({
    imports: fc.array(fc.tuple(fc.nat({ max: 3 }), target), { minLength: 1, maxLength: 4 }),
    unique: fc.boolean(),
    manager: fc.nat({ max: 3 }),
    foreign: target,
    rows: step,
    load: step,
    run: fc.array(step, { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 6, maxLength: 6 },
);

/** The program of some plans; module `i` is called `names[i]`. */
export function programOf(modules: readonly ModulePlan[], names: readonly string[]): Files {
  const files = new Map([
    ['manage.py', ''],
    ['app/__init__.py', ''],
  ]);
  for (const [i, plan] of modules.entries()) files.set(`app/${names[i] ?? ''}.py`, textOf(plan, i, names));
  return files;
}

function textOf(plan: ModulePlan, i: number, names: readonly string[]): string {
  const pick = (forms: readonly string[], form: number): string => forms[form % forms.length] ?? '';
  const imports = plan.imports.map(([form, j]) => {
    const name = names[j] ?? '';
    const bound = `M${j}, rows${j}, load${j}`;
    return pick(
      [
        `from app.${name} import ${bound}`,
        `from .${name} import *`,
        `from app import ${name}`,
        `import app.${name}`,
      ],
      form,
    );
  });
  const manager = pick(
    ['models.Manager()', 'Rows.as_manager()', 'Own()', 'models.Manager.from_queryset(Rows)()'],
    plan.manager,
  );
  return `from django.db import models
${imports.join('\n')}

class Rows(models.QuerySet):
    def hot(self):
        return self.filter(hot=True)

class Own(models.Manager):
    def hot(self):
        return self.all()

class M${i}(models.Model):
    name = models.CharField(max_length=9, unique=${plan.unique ? 'True' : 'False'})
    other = models.ForeignKey('app.M${plan.foreign}', models.CASCADE, related_name='rel${i}', db_constraint=False)
    objects = ${manager}

def rows${i}(arg=None):
    return ${pick([`M${plan.rows[1]}.objects.filter(a=1)`, `rows${plan.rows[1]}()`, `rows${plan.rows[1]}().filter(b=1)`, `arg or rows${plan.rows[1]}()`], plan.rows[0])}

def load${i}(pk):
    try:
        return ${pick([`M${plan.load[1]}.objects.get(pk=pk)`, `load${plan.load[1]}(pk)`, `rows${plan.load[1]}().get(name=pk)`], plan.load[0])}
    except ${pick([`M${plan.load[1]}.DoesNotExist`, `M${i}.DoesNotExist`, 'KeyError'], plan.load[0])}:
        ${pick(['return None', 'raise'], plan.run.length)}

def run${i}(pk, row=None):
${plan.run.map((one) => `    ${runLine(one, names)}`).join('\n')}
`;
}

function runLine([form, j]: readonly [number, number], names: readonly string[]): string {
  const lines = [
    `rows${j}().get(name=pk)`,
    `load${j}(pk).other`,
    `run${j}(pk)`,
    `M${j}.objects.hot().get(name=pk)`,
    `load${j}(pk).rel${j}.get(name=pk)`,
    `for row in rows${j}(): row.other.name`,
    `app.${names[j] ?? ''}.load${j}(pk)`,
    `run${j}(pk, load${j}(row.pk))`,
  ];
  return lines[form % lines.length] ?? 'pass';
}
