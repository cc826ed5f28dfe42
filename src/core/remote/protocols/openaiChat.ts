import { readChatAnswer } from '../chatAnswer';
import { chatRequest, PROMPT_REVISION } from '../chatRequest';
import type { RemoteProtocol } from '../remoteProtocol';
import { requestAddress } from '../requestAddress';

/** Chat completions as OpenAI has them (https://platform.openai.com/docs/api-reference/chat), with one image each. */
export const protocol: RemoteProtocol = {
  revision: PROMPT_REVISION,
  ability: 'vocabulary',
  mostImages: 1,
  request({ address, model, apiKey, options }, { jpegs: [jpeg], dimensions }) {
    return {
      url: requestAddress(address, '/chat/completions'),
      headers: { 'content-type': 'application/json', ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }) },
      body: JSON.stringify(chatRequest(model, dimensions, jpeg, options['structured'])),
    };
  },
  read: (body, { dimensions }) => [readChatAnswer(body, dimensions)],
};
