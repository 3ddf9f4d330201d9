/** A statement, and values of its parameters. */
export type Attack = string | readonly [sql: string, params: Readonly<Record<string, string>>];
