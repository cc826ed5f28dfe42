import { ModelStore } from '../../src/core/models/modelStore';
import { tinyManifest } from '../fixtures/models/tinyRepository';

/** `downloader FOLDER ENDPOINT`: a process that downloads the tiny model, for `killedDownload.test` to kill. */
const [folder, endpoint] = process.argv.slice(2);
const store = new ModelStore({ folder, endpoint, catalog: [tinyManifest()] });
store.download('tiny', { signal: new AbortController().signal, progress: () => undefined }).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
