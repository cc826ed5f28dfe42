import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { inheritance } from './inheritance';
import { changeRule, inheritedApproval, ruleOf, type PolicySettings, type PolicyView } from './policyRules';

/** What holds for all providers: how many tags an image gets, and whether suggestions become tags by themselves. */
export function policyGeneral(
  policy: PolicyView,
  disabled: boolean,
  set: (settings: PolicySettings) => void,
): TemplateResult {
  const { rules, maxTags, inherited } = policy;
  const approves = ruleOf(rules, '', '').autoApprove ?? inheritedApproval(policy, '', '');
  const most = maxTags ?? inherited.maxTags;
  const setMost = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const value = Number(input.value);
    if (Number.isInteger(value) && value >= 1 && value <= 100) set({ rules, maxTags: value });
    else input.value = String(most);
  };
  const setApproval = (event: Event) => {
    const { checked } = event.target as HTMLInputElement;
    const autoApprove = checked === inherited.autoApprove ? null : checked;
    set({ rules: changeRule(rules, '', '', { autoApprove }), maxTags });
  };
  return html`<section class="card policy-part" aria-labelledby="policy-general">
    <h3 id="policy-general">All providers</h3>
    <div class="policy-line">
      <label class="policy-label" for="policy-max-tags">Most tags per image</label>
      <input
        id="policy-max-tags"
        type="number"
        class="field threshold-number"
        min="1"
        max="100"
        step="1"
        aria-describedby="policy-max-tags-words"
        .value=${String(most)}
        ?disabled=${disabled}
        @change=${setMost}
      />
      ${inheritance(
        {
          label: `most tags per image ${inherited.maxTags}`,
          inherited: inherited.maxTags,
          isOwn: maxTags !== null,
          disabled,
        },
        () => set({ rules, maxTags: null }),
      )}
    </div>
    <p id="policy-max-tags-words" class="muted">
      The most confident ones stay. Tags that people gave, and those that come along with a tag, do not count.
    </p>
    <label class="check">
      <input
        type="checkbox"
        aria-describedby="policy-approve-words"
        .checked=${live(approves)}
        ?disabled=${disabled}
        @change=${setApproval}
      />
      Approve automatically
    </label>
    <p id="policy-approve-words" class="muted">${approvalWords(approves)}</p>
  </section>`;
}

/** What becomes of suggestions, in one line. */
export function approvalWords(approves: boolean): string {
  return approves
    ? 'On: a suggestion that reaches its threshold becomes a tag at once, and can be reviewed later.'
    : 'Off: suggestions wait in Review until a person approves them.';
}
