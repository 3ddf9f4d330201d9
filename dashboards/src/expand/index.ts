export { ExpandError } from './expand-error.ts';
export { type ExpandContext, expandQuery } from './expand-query.ts';
export type { TimeRange } from './macros.ts';
export { ALL, type VariableState, type VariableStates } from './variable-state.ts';
export { expandVariables } from './variables.ts';
