import { describe, expect, it } from 'vitest';
import { expectationsIn } from './expectations.ts';

function read(text: string): readonly (readonly [number, string | null, string])[] {
  return expectationsIn('tests/test_it.py', text).map(({ line, model, words }) => [
    line,
    model,
    [...words].join(' '),
  ]);
}

describe('what tests expect of missing rows', () => {
  it.each([
    [
      'the block of a with',
      'def test():\n    with pytest.raises(Site.DoesNotExist):\n        call_command("move", 5)\n\n    other()\n',
      [[2, 'Site', 'Site DoesNotExist call_command move']],
    ],
    [
      'a call that is handed over',
      'self.assertRaises(models.Site.DoesNotExist, get_site, 5)\n',
      [[1, 'Site', 'models Site DoesNotExist get_site']],
    ],
    [
      'the message of the exception',
      'with self.assertRaisesMessage(Exception, "Site matching query does not exist"):\n    move(5)\n',
      [[1, 'Site', 'Exception Site matching query does not exist move']],
    ],
    [
      'several classes, on several lines',
      'with raises(\n    (ValueError, Site.DoesNotExist),\n    match="no",\n):\n    move()\n',
      [[1, 'Site', 'ValueError Site DoesNotExist match no move']],
    ],
    [
      'a model that is not named',
      'with raises(self.model.DoesNotExist):\n    move()\n',
      [[1, null, 'self model DoesNotExist move']],
    ],
    ['any model', 'with raises(ObjectDoesNotExist):\n    move()\n', [[1, null, 'ObjectDoesNotExist move']]],
    ['a field', 'with raises(FieldDoesNotExist):\n    move()\n', []],
    ['another exception', 'with raises(ValueError):\n    move()\n', []],
    ['a comment', '# with raises(Site.DoesNotExist):\n', []],
  ])('are read from %s', (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});
