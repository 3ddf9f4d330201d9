/** What a connection tells of how git reaches GitHub. */
export interface GitAccess {
  /** Where a repository can be fetched from: `https://github.com/acme/app.git`. No secret in it. */
  gitUrl(owner: string, name: string): string;
  /** Value of the `Authorization` header for a repository, as it is valid now; null: none is needed. */
  gitCredentials(owner: string, name: string): Promise<string | null>;
}
