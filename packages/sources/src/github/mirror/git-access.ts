/** What a connection tells of how git reaches GitHub. */
export interface GitAccess {
  /** Where a repository can be fetched from: `https://github.com/acme/app.git`. No secret in it. */
  gitUrl(owner: string, name: string): string;
  /** Value of the `Authorization` header for an owner's repositories, as it is valid now; null: none is needed. */
  gitCredentials(owner: string): Promise<string | null>;
}
