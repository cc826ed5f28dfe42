import { dollars, type RunEstimate } from '../../core/remote/runEstimate';
import type { RemoteLimits } from '../../core/remote/remoteTagger';
import { duration, plural } from '../words';

/** From here on a run is worth a question, though consent was given before. */
const MANY_IMAGES = 1000;

/** What is about to be sent, and where to. */
export interface Sending {
  /** Of the dataset. */
  readonly dataset: string;
  /** The provider's. */
  readonly title: string;
  readonly host: string;
  /** Whether nobody on the way can read it. */
  readonly isEncrypted: boolean;
  /** Pixels that images are scaled down to. */
  readonly longSide: number;
  /** Titles of the questions that are sent along; empty for a provider with labels of its own. */
  readonly questions: readonly string[];
  readonly estimate: RunEstimate;
  readonly limits: Pick<RemoteLimits, 'perMinute' | 'budget'>;
}

/** Whether to ask before this run, though consent was given: it costs money, or it is large. */
export function isWorthAsking({ images, cost }: RunEstimate): boolean {
  return images > MANY_IMAGES || (cost ?? 0) > 0;
}

/** "Send 14 images of photos to api.example.com?" */
export function sendingQuestion({ dataset, host, estimate }: Sending): string {
  return `Send ${plural(estimate.images, 'image')} of ${dataset} to ${host}?`;
}

/** What a person must know to agree for the first time: what is sent and what is not, time, cost, and the way back. */
export function consentDetail(sending: Sending): string {
  const { title, host, isEncrypted, longSide, questions } = sending;
  const asked = questions.length === 0 ? '' : ` and the questions ${questions.join(', ')} with their allowed answers`;
  return [
    `Tagging with ${title} sends each image${asked} to ${host}: scaled down to at most ${longSide} pixels, without EXIF and other metadata, and without its file name.`,
    ...(isEncrypted ? [] : [`It goes over http: key and images can be read on the way.`]),
    costDetail(sending),
    'You are asked once for this dataset and this host. “DataVisor: Withdraw Consent for Sending Images” takes it back.',
  ].join('\n\n');
}

/** How long it takes and what it costs. */
export function costDetail({ estimate, limits }: Pick<Sending, 'estimate' | 'limits'>): string {
  const { images, requests, minutes, cost } = estimate;
  const { perMinute, budget } = limits;
  const together = requests < images ? ` in ${plural(requests, 'request')}` : '';
  const time = `It takes at least ${duration(60 * minutes)}${together}, at ${perMinute} requests a minute.`;
  if (cost === null) {
    return `${time} What it costs is not known: the setting datavisor.remoteLimits can name the price of an image, and a budget.`;
  }
  if (cost === 0) return `${time} It costs nothing.`;
  const bound =
    budget === null
      ? 'No budget is set (datavisor.remoteLimits).'
      : `It stops before it could cost more than $${dollars(budget)}, which the setting datavisor.remoteLimits says.`;
  return `${time} It costs about $${dollars(cost)}. ${bound}`;
}
