import { describe, expect, it } from 'vitest';
import { insertSettings, rowSettings, textSettings } from '../engine.ts';
import { harmlessSettings } from './harmless-settings.ts';

describe('settings of a request', () => {
  it('that shape the result are applied', () => {
    const settings = {
      output_format_json_quote_64bit_integers: '0',
      date_time_output_format: 'iso',
      session_timezone: 'Europe/Berlin',
      format_csv_delimiter: ';',
      max_threads: '2',
      limit: '100',
    };
    expect(harmlessSettings(settings)).toEqual(settings);
  });

  it('that clients send by habit are left out', () => {
    expect(
      harmlessSettings({
        async_insert: '1',
        wait_end_of_query: '1',
        readonly: '1',
        client_protocol_version: '54460',
      }),
    ).toEqual({});
  });

  it('that are unknown or lead elsewhere are refused in the words of ClickHouse', () => {
    for (const name of [
      'format_schema',
      'constructor',
      '',
      'a b',
      'input_format_json_file_path',
      'dialect',
    ]) {
      expect(() => harmlessSettings({ [name]: '1' })).toThrow(
        expect.objectContaining({
          code: 164,
          message: `Cannot modify '${name}' setting in readonly mode`,
        }) as Error,
      );
    }
    expect(() => harmlessSettings({ readonly: '0' })).toThrow(
      expect.objectContaining({ code: 164 }) as Error,
    );
  });

  it('with a value that is none are refused', () => {
    for (const [name, value] of [
      ['max_threads', '-1'],
      ['max_execution_time', '1e9'],
      ['extremes', '2'],
      ['output_format_json_quote_denormals', '../x'],
      ['session_timezone', '../../etc/passwd'],
      ['result_overflow_mode', 'break'],
    ] as const) {
      expect(() => harmlessSettings({ [name]: value }), name).toThrow(
        expect.objectContaining({ code: 36 }) as Error,
      );
    }
  });

  it('can tighten a limit, and not lift it', () => {
    expect(
      harmlessSettings({ max_execution_time: '5.5', max_memory_usage: '0', max_result_rows: '10' }),
    ).toEqual({
      max_execution_time: '5.5',
      max_result_rows: '10',
    });
  });

  it('cut a result off only at a number of rows that was asked for', () => {
    const settings = { result_overflow_mode: 'break', max_result_rows: '500' };
    expect(harmlessSettings(settings)).toEqual(settings);
  });

  it('of Bellwether itself pass', () => {
    for (const own of [insertSettings, rowSettings, textSettings]) {
      const asText = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)]));
      expect(() => harmlessSettings(asText)).not.toThrow();
    }
  });
});
