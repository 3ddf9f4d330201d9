import { sign } from '@octokit/webhooks-methods';
import type { WebhookEvent } from './payloads.ts';

/** The value of `X-Hub-Signature-256`: an HMAC over the very bytes that are sent. */
export function signWebhook(secret: string, payload: string): Promise<string> {
  return sign(secret, payload);
}

export interface Delivery {
  readonly secret: string;
  /** `X-GitHub-Delivery`: the same again for a redelivery. */
  readonly id: string;
}

/** Posts an event as GitHub does. Returns the receiver's status; GitHub itself does not try again. */
export async function deliver(
  url: string,
  { name, payload }: WebhookEvent,
  { secret, id }: Delivery,
): Promise<number> {
  const body = JSON.stringify(payload);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/simulated',
      'x-github-delivery': id,
      'x-github-event': name,
      'x-hub-signature-256': await signWebhook(secret, body),
    },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}
