import { ExpandError } from './expand-error.ts';
import { type MacroContext, macros } from './macros.ts';

/** Texts and quoted names, in which nothing is a macro; and comments, which the plugin takes out. */
const QUOTED_OR_COMMENT =
  /'(?:[^'\\]|\\[^]|'')*'|`(?:[^`\\]|\\[^])*`|"(?:[^"\\]|\\[^])*"|--[^\n]*|\/\*[^]*?\*\//y;
const MACRO = /\$__(\w+)/y;

/**
 * Expands what the plugin's backend expands: `$__fromTime_ms`, `$__timeFilter(at)`, … Unknown names stay.
 *
 * @throws ExpandError `macro-invalid`
 */
export function expandMacros(sql: string, context: MacroContext): string {
  let result = '';
  for (let at = 0; at < sql.length;) {
    const skipped = matchAt(QUOTED_OR_COMMENT, sql, at);
    if (skipped !== null) {
      const [text] = skipped;
      if (!text.startsWith('--') && !text.startsWith('/*')) result += text;
      at += text.length;
      continue;
    }
    const found = matchAt(MACRO, sql, at);
    const macro = found && Object.hasOwn(macros, found[1]!) ? macros[found[1]!] : undefined;
    if (found === null || macro === undefined) {
      result += sql[at]!;
      at += 1;
      continue;
    }
    at += found[0].length;
    const call = sql[at] === '(' ? readArguments(sql, at) : { args: [], end: at };
    result += macro(
      context,
      call.args.map((argument) => expandMacros(argument, context)),
    );
    at = call.end;
  }
  return result;
}

/** The arguments from the bracket at `start` on; commas and brackets within texts are no ends. */
function readArguments(sql: string, start: number): { args: string[]; end: number } {
  const args: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < sql.length; at += 1) {
    const quoted = matchAt(QUOTED_OR_COMMENT, sql, at);
    if (quoted !== null) {
      at += quoted[0].length - 1;
      continue;
    }
    const character = sql[at];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if ((character === ',' && depth === 1) || depth === 0) {
      args.push(sql.slice(from, at).trim());
      from = at + 1;
    }
    if (depth === 0) return { args: args.length === 1 && args[0] === '' ? [] : args, end: at + 1 };
  }
  throw new ExpandError('macro-invalid', 'A macro has a bracket that never ends.');
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
