import type { VariableStates } from './variable-state.ts';

const MACRO = '$__conditionalAll(';

/**
 * `$__conditionalAll(condition, $variable)` → the condition, or `1=1` where the variable is All or empty. Step by step
 * what the plugin does in the browser, its way of finding brackets also within texts included.
 */
export function expandConditionalAll(sql: string, variables: VariableStates): string {
  let text = sql;
  for (let at = text.lastIndexOf(MACRO); at !== -1; at = text.lastIndexOf(MACRO)) {
    const [condition, variable, ...others] = argumentsAt(text, at + MACRO.length - 1);
    if (condition === undefined || variable === undefined || others.length > 0) return text;
    const name = /(?<=\$\{)\w+(?=\})|(?<=\$)\w+/.exec(variable.trim())?.[0];
    const value =
      name === undefined || !Object.hasOwn(variables, name) ? undefined : String(variables[name]!.value);
    const phrase = value === '' || value === '$__all' ? '1=1' : condition;
    const call = `${MACRO}${condition},${variable})`;
    const first = text.indexOf(call);
    text = text.slice(0, first) + phrase + text.slice(first + call.length);
  }
  return text;
}

/** The arguments between the bracket at `start` and its end; empty where it never ends. */
function argumentsAt(text: string, start: number): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if ((character === ',' && depth === 1) || depth === 0) {
      found.push(text.slice(from, at));
      from = at + 1;
    }
    if (depth === 0) return found;
  }
  return [];
}
