import { describe, expect, it } from 'vitest';
import { checkSystemDescription, systemKeys } from '../../../../src/shared/domain/system-description.ts';
import { madeDescription } from '../../../support/audit/system-description.ts';

describe('a system description', () => {
  it('with every key of the template is taken as it is', () => {
    expect(systemKeys).toHaveLength(33);
    const fields = madeDescription({ 'Operating System': 'none' });
    expect(checkSystemDescription(fields)).toEqual({ ok: true, fields });
  });

  it('is refused with every key that is wrong', () => {
    const { 'Board Memory type': _left, ...fields } = madeDescription({
      Status: 'soon',
      Division: 'half',
      'Board Name': ' ',
      'General Compiler(s)': '',
      system_type: 'x',
    });
    const result = checkSystemDescription({ ...fields, Accelerator: 7 });
    expect(result.ok ? [] : result.problems.map(({ key, problem }) => `${key}: ${problem}`).sort()).toEqual([
      'Accelerator: notText',
      'Board Memory type: missing',
      'Board Name: empty',
      'Division: division',
      'ML Model Compiler(s): empty',
      'Status: status',
      'system_type: unknown',
    ]);
  });

  it.each([null, [], 'text', 7])('is refused where it is no object: %j', (value) => {
    expect(checkSystemDescription(value).ok).toBe(false);
  });
});
