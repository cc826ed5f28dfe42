import type { RemoteRemedies } from '../../core/remote/remoteFaults';

const SET_KEY = '“DataVisor: Set API Key of a Remote Provider”';
const CHOOSE = '“DataVisor: Choose Provider”';

/** What to do in the editor about errors of remote providers that end a run. */
export const REMEDIES: RemoteRemedies = {
  refusedKey: (what) => `the key that you gave it. Set one that may use ${what} with ${SET_KEY}, and run it again`,
  missingKey: `Set yours with ${SET_KEY}, and run it again`,
  wrongAddress: `Choose it anew with ${CHOOSE}, and check the address, which most often ends with /v1, and the model.`,
  otherAddress: `Choose it anew with ${CHOOSE}, and give it the other one.`,
};
