import { expandConditionalAll } from './conditional-all.ts';
import { expandMacros } from './expand-macros.ts';
import type { MacroContext } from './macros.ts';
import { expandVariables } from './variables.ts';
import type { VariableStates } from './variable-state.ts';

export interface ExpandContext extends MacroContext {
  readonly variables: VariableStates;
}

/**
 * The SQL that Grafana with its ClickHouse plugin would send: first `$__conditionalAll` and the variables, as the
 * browser does it, then the macros, as the plugin's backend does.
 *
 * @throws ExpandError `macro-invalid`, `format-unknown` or `value-not-quotable`
 */
export function expandQuery(rawSql: string, context: ExpandContext): string {
  return expandMacros(
    expandVariables(expandConditionalAll(rawSql, context.variables), context.variables),
    context,
  );
}
