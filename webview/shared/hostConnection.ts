import { Endpoint, type Client, type Transport } from '../../src/protocol/rpc';
import { hostApi, viewApi, type HostApi, type ViewState } from '../../src/protocol/viewApi';
import { errorDetail } from './errorText';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The longest report that the host takes. */
const REPORT_LENGTH = 10_000;

/** The webview's way to its host: calls, small state that outlives the page, and reports of failures. */
export interface HostConnection {
  readonly host: Client<HostApi>;
  /** What `saveState` was given last, before a reload or a rebuild of this webview, or undefined. */
  savedState(): unknown;
  saveState(state: unknown): void;
  /** Puts a failure of the webview into the extension's log. */
  reportError(error: unknown): void;
}

/**
 * Connects this page to the extension host; at most once in a page, because VS Code hands out its API once.
 * Errors that nobody caught are reported from then on.
 *
 * @param selectedImages ids of the images that the person has selected here
 */
export function connectToHost(
  onStateChanged: (state: ViewState, revision: number) => void,
  selectedImages: () => Int32Array = () => new Int32Array(),
): HostConnection {
  const api = acquireVsCodeApi();
  const transport: Transport = {
    post: (message) => api.postMessage(message),
    onMessage: (listener) => window.addEventListener('message', (event) => listener(event.data)),
  };
  const stateChanged = ({ state, revision }: { state: ViewState; revision: number }) => {
    onStateChanged(state, revision);
    return null;
  };
  const handlers = { stateChanged, selectedImages };
  const endpoint = new Endpoint(transport, viewApi, handlers, hostApi, (violation) => reportError(violation));

  function reportError(error: unknown): void {
    const message = errorDetail(error).slice(0, REPORT_LENGTH);
    endpoint.remote.reportError({ message }).catch((failure: unknown) => console.error(message, failure));
  }

  window.addEventListener('error', (event) => reportError(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => reportError(event.reason));
  return {
    host: endpoint.remote,
    savedState: () => api.getState(),
    saveState: (state) => api.setState(state),
    reportError,
  };
}
