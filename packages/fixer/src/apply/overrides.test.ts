import { rules } from '@danglint/rules';
import { expect, it } from 'vitest';
import { sessionOf } from '../testing/program.ts';
import { fixAll } from './fix-all.ts';

const HEAD = 'from app.models import Detector\n\n\n';

async function fixed(code: string): Promise<string> {
  const session = await sessionOf({ 'app/base.py': HEAD + code }, { rules });
  fixAll(session, { unsafe: true });
  return session.source('app/base.py')?.text ?? '';
}

it('a getter that gives None is guarded where it may be called, not where a class beside it has its own', async () => {
  const after = await fixed(`class Base:
    def find(self, pk):
        return Detector(pk=pk)

    def own(self, pk):
        print(self.find(pk).name)


class Stored(Base):
    def find(self, pk):
        return Detector.objects.get(id=pk)


class Made(Base):
    def again(self, pk):
        return super().find(pk).name


def made(pk):
    print(Made().find(pk).name)


def stored(base: Base, pk):
    print(base.find(pk).name)
`);
  expect(after).toContain('return None');
  expect(after).toContain('    print(Made().find(pk).name)\n');
  expect(after).toContain('        return super().find(pk).name\n');
  expect(after.match(/detector = (?:self|base)\.find\(pk\)\n +if detector is None/g)).toHaveLength(2);
});

it('so is a property', async () => {
  const after = await fixed(`class Base:
    @property
    def row(self):
        return Detector(pk=1)


class Stored(Base):
    @property
    def row(self):
        return Detector.objects.get(id=self.detector_key)


class Made(Base):
    pass


def made(one: Made):
    print(one.row.name)


def stored(base: Base):
    print(base.row.name)
`);
  expect(after).toContain('return None');
  expect(after).toContain('    print(one.row.name)\n');
  expect(after).toContain('    detector = base.row\n    if detector is None:');
});
