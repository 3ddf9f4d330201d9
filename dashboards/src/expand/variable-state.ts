/** What is picked in a variable, as Grafana holds it: one value, or a list where several may be picked. */
export interface VariableState {
  readonly value: string | readonly string[];
  /** The values that are offered: what All stands for. */
  readonly options?: readonly string[];
}

export type VariableStates = Readonly<Record<string, VariableState>>;

/** How Grafana writes that everything is picked. */
export const ALL = '$__all';

/** The value as it is put into a text: All is every value that is offered. */
export function valueOf({ value, options = [] }: VariableState): string | readonly string[] {
  return isAll(value) ? options : value;
}

/** As the plugin asks it: All alone. Beside other values it would be a name like any other. */
function isAll(value: VariableState['value']): boolean {
  return String(value) === ALL;
}
