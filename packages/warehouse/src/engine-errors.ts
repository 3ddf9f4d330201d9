/** v1 */
export function engineError(error: unknown): unknown {
  return error;
}
