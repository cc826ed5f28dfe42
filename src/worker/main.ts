import sharp from 'sharp';
import { Endpoint } from '../protocol/rpc';
import type { Transport } from '../protocol/rpc';
import { workerApi, workerHostApi } from '../protocol/workerApi';
import { workerHandlers } from './workerHandlers';

// Nothing is decoded twice, so that a cache only costs memory; and one thread an image keeps all cores busy without
// the threads of one image waiting for one another.
sharp.cache(false);
sharp.concurrency(1);

if (!process.send) throw new Error('The worker is started by child_process.fork, not by hand.');

const parent: Transport = {
  post: (message) => process.send?.(message),
  onMessage: (listener) => void process.on('message', listener),
};

const endpoint = new Endpoint(parent, workerApi, workerHandlers, workerHostApi, (error) =>
  console.error(error.message),
);

// Ctrl-C in a terminal reaches the whole process group. What it means is for the parent to say: it cancels its calls.
process.on('SIGINT', () => undefined);

// An orphan has nobody to report to, and what it has not reported is done again: it leaves at once.
process.on('disconnect', () => {
  endpoint.close('the parent process is gone');
  process.exit(0);
});
