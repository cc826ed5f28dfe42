import { html, type TemplateResult } from 'lit';

export const FILTER_HELP_ID = 'filter-help';

interface HelpGroup {
  readonly title: string;
  readonly examples: readonly (readonly [example: string, meaning: string])[];
}

const GROUPS: readonly HelpGroup[] = [
  {
    title: 'Words',
    examples: [
      ['beach', 'in file names, folders, tags and captions, the best first'],
      ['"old town"', 'words that belong together'],
      ['name:img', 'in the file name'],
      ['caption:dog', 'in what a model wrote'],
      ['folder:val', 'in this folder or below'],
    ],
  },
  {
    title: 'Tags',
    examples: [
      ['tag:dark', 'has the tag'],
      ['-tag:dark', 'does not have it'],
      ['clarity:sharp', 'answers a question'],
      ['conf(dark)>=80', 'a model is this sure, 0 to 100'],
    ],
  },
  {
    title: 'Who says so',
    examples: [
      ['source:person', 'has a tag from you'],
      ['source:builtin', 'has a tag from this model'],
      ['disagree:people', 'you and a model disagree'],
      ['disagree:models', 'models disagree'],
      ['review:open', 'suggestions wait for you'],
      ['rejected:dark', 'you said no to it'],
    ],
  },
  {
    title: 'The image',
    examples: [
      ['width>1024', 'also height, size, lightness, sharpness, noise'],
      ['size<2MB', 'also kB and GB'],
      ['issue:blurry', 'has this quality issue'],
      ['split:train', 'lies in this split'],
      ['format:png', 'also camera'],
      ['status:failed', 'could not be tagged'],
    ],
  },
  {
    title: 'Together',
    examples: [
      ['beach tag:dark', 'both'],
      ['beach OR coast', 'one of them'],
      ['(beach OR coast) -tag:dark', 'parentheses, and - or NOT for what shall not be'],
    ],
  },
];

/** What can be written in the filter field, by examples; a click puts one in. */
export function filterHelp(insert: (example: string) => void): TemplateResult {
  return html`<section class="filter-help" id=${FILTER_HELP_ID} aria-label="How to filter">
    ${GROUPS.map(
      ({ title, examples }) =>
        html`<h3>${title}</h3>
          <dl>
            ${examples.map(
              ([example, meaning]) =>
                html`<div>
                  <dt>
                    <button type="button" class="example" title="Put it in the filter" @click=${() => insert(example)}>
                      <code>${example}</code>
                    </button>
                  </dt>
                  <dd>${meaning}</dd>
                </div>`,
            )}
          </dl>`,
    )}
  </section>`;
}
