import { formatted } from './formats.ts';
import { valueOf, type VariableStates } from './variable-state.ts';

/** Grafana's own pattern: `$name`, `[[name:format]]`, `${name.field:format}`. */
const REFERENCE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:^}]+))?(?::([^}]+))?\}/g;

/**
 * Puts the values of variables into a text; what is no variable stays as it is, macros among them. A value is never
 * looked at again: a name that looks like a variable is a name.
 *
 * @throws ExpandError `format-unknown` or `value-not-quotable`
 */
export function expandVariables(text: string, variables: VariableStates): string {
  return text.replaceAll(
    REFERENCE,
    (
      match: string,
      plain?: string,
      old?: string,
      oldFormat?: string,
      braced?: string,
      _field?: string,
      format?: string,
    ) => {
      const name = plain ?? old ?? braced ?? '';
      const state = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return state === undefined ? match : formatted(name, valueOf(state), format ?? oldFormat);
    },
  );
}
