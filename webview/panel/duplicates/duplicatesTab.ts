import './duplicates.css';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { GroupQuery } from '../../../src/protocol/duplicatesApi';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi, ViewState } from '../../../src/protocol/viewApi';
import { announce } from '../../shared/announcer';
import { formatCount, plural } from '../../shared/formats';
import type { HostConnection } from '../../shared/hostConnection';
import { LightElement } from '../../shared/lightElement';
import { failureBar, failureNotice, notice } from '../../shared/notice';
import { pager } from '../../shared/pager';
import { takesText } from '../../shared/textTarget';
import { askHost } from '../../shared/askHost';
import { OPEN_IMAGE, type PanelTab } from '../panelTab';
import { ImageSource } from '../review/imageSource';
import { textButton } from '../textButton';
import { duplicateKey } from './duplicateKeys';
import { DuplicatesData, GROUPS_SHOWN, type GroupPage } from './duplicatesData';
import { groupList, optionId } from './groupList';
import { sideBySide, type Zoom } from './sideBySide';

const NO_ZOOM: Zoom = { factor: 1, x: 0.5, y: 0.5 };

/** Groups of duplicates, their images side by side, and what to keep of them. */
@customElement('datavisor-duplicates')
export class DuplicatesTab extends LightElement implements PanelTab {
  private connected: HostConnection | undefined;
  private data!: DuplicatesData;
  private images!: ImageSource;
  private active: string | null = null;
  @state() private view: ViewState | undefined;
  @state() private zoom = NO_ZOOM;
  /** Why the last click came to nothing. */
  @state() private actionFailure: string | null = null;

  set connection(connection: HostConnection) {
    if (connection === this.connected) return; // what it knows is kept
    this.connected = connection;
    this.data = new DuplicatesData(connection, () => this.requestUpdate());
    this.images = new ImageSource(
      (id) => connection.host.image({ id }),
      () => undefined,
      () => this.requestUpdate(),
      (error) => connection.reportError(error),
    );
  }

  receive(view: ViewState, revision: number): void {
    if (view.active !== this.active) {
      this.active = view.active;
      this.images.clear();
    }
    this.data.receive(view, revision);
    this.view = view;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.onKeyDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.onKeyDown);
    this.data.stop();
  }

  protected override render(): TemplateResult {
    const { page, failure } = this.data;
    return html`<div class="duplicates-tab">
      ${failureBar(this.actionFailure, () => (this.actionFailure = null))}
      ${
        failure !== null
          ? failureNotice('The duplicates could not be read', failure, () => this.data.restart())
          : page
            ? this.renderPage(page)
            : html`<div class="duplicates-wait skeleton" role="status" aria-label="Loading duplicates"></div>`
      }
    </div>`;
  }

  private renderPage(page: GroupPage): TemplateResult {
    return html`${this.renderHead(page)} ${page.rows.length === 0 ? this.renderNothing(page) : this.renderGroups(page)}`;
  }

  private renderHead({ exact, near, leaks, groups, images, spare, removable }: GroupPage): TemplateResult {
    const { query } = this.data;
    const kinds = [
      { kind: null, label: `All (${formatCount(exact + near)})` },
      { kind: 'exact', label: `Same bytes (${formatCount(exact)})` },
      { kind: 'near', label: `Alike (${formatCount(near)})` },
    ] as const;
    const change = (part: Partial<GroupQuery>) => this.data.ask(part);
    const check = (label: string, name: 'leaks' | 'open' | 'filtered') =>
      html`<label class="check"
        ><input
          type="checkbox"
          .checked=${query[name]}
          @change=${(event: Event) => change({ [name]: (event.target as HTMLInputElement).checked })}
        />
        ${label}</label
      >`;
    return html`<div class="duplicate-head">
        <select
          class="field"
          aria-label="Kind of duplicates"
          @change=${(event: Event) => change({ kind: kinds[(event.target as HTMLSelectElement).selectedIndex].kind })}
        >
          ${kinds.map(({ kind, label }) => html`<option ?selected=${kind === query.kind}>${label}</option>`)}
        </select>
        ${check(`Across splits (${formatCount(leaks)})`, 'leaks')} ${check('Not decided', 'open')}
        ${check('Under the filter', 'filtered')}
        <span class="toolbar-space"></span>
        ${textButton(
          {
            label: 'Find by Embedding…',
            icon: 'search-sparkle',
            disabled: this.blocked !== null,
            title: this.blocked ?? 'Looks for near duplicates by the vectors of a model',
          },
          () => this.act((host) => host.command({ name: 'findAlike' })),
        )}
        ${textButton(
          {
            label: `Keep the Best of ${plural(groups, 'Group')}`,
            icon: 'check-all',
            disabled: this.blocked !== null || groups === 0,
            title: this.blocked ?? `Marks ${plural(spare, 'image')} as to be removed; nothing is moved yet`,
          },
          () => this.acceptAll(),
        )}
        ${textButton({ label: 'Export List…', icon: 'export', disabled: groups === 0 }, () => this.exportList())}
        ${textButton(
          {
            label: `Move ${plural(removable, 'File')} to Trash…`,
            icon: 'trash',
            disabled: this.blocked !== null || removable === 0,
            title: this.blocked ?? 'Asks once more before anything is moved',
          },
          () => this.moveToTrash(),
        )}
      </div>
      <p class="muted numbers" role="status">
        ${plural(groups, 'group')} of ${plural(images, 'image')}; ${formatCount(spare)} could go while one of each
        stays.
      </p>`;
  }

  private renderNothing({ exact, near }: GroupPage): TemplateResult {
    if (exact + near > 0) {
      return notice({ icon: 'filter', title: 'No such group', text: 'Other choices above show more groups.' });
    }
    return notice({
      icon: 'files',
      title: 'No duplicates',
      text: 'No two images here have the same bytes or look alike, or nobody has looked yet: Auto-Tag and Embed and Map do.',
      actions: [{ label: 'Embed and Map', run: () => this.act((host) => host.command({ name: 'embedAndMap' })) }],
    });
  }

  private renderGroups(page: GroupPage): TemplateResult {
    const { data } = this;
    const { group } = data;
    return html`<div class="duplicate-columns">
      <div class="duplicate-side">
        ${groupList(page.rows, group, (at) => data.select(at))}
        ${pager({ offset: data.offset, limit: GROUPS_SHOWN, total: page.groups, noun: 'groups' }, (offset) =>
          data.show(offset, 0),
        )}
        <p class="muted duplicate-help">
          <kbd>J</kbd> <kbd>K</kbd> next, previous · <kbd>1</kbd>–<kbd>9</kbd> which to keep · <kbd>Enter</kbd> accept
        </p>
      </div>
      ${
        group
          ? sideBySide(
              {
                group,
                kept: data.kept(group),
                zoom: this.zoom,
                blocked: this.blocked,
                sourceOf: (image) => {
                  const uri = this.images.uriOf(image.id);
                  return uri === undefined || uri === null ? (image.thumbnail ?? uri) : uri;
                },
              },
              {
                keep: (id) => data.keep(group, id),
                accept: () => this.accept(),
                open: (id) => this.dispatchEvent(new CustomEvent(OPEN_IMAGE, { bubbles: true, detail: id })),
                enlarge: (zoom) => (this.zoom = { ...this.zoom, ...zoom }),
                broken: (id) => this.images.broken(id),
              },
            )
          : nothing
      }
    </div>`;
  }

  protected override updated(): void {
    const { group } = this.data;
    for (const { id } of group?.images ?? []) this.images.want(id);
    if (group) this.querySelector(`#${optionId(group)}`)?.scrollIntoView({ block: 'nearest' });
  }

  /** Why nothing can be decided now, in words. */
  private get blocked(): string | null {
    const { view } = this;
    const readOnly = view?.datasets.find(({ id }) => id === view.active)?.readOnly ?? null;
    if (readOnly !== null) return `Read-only: ${readOnly}`;
    return view?.run?.state === 'running' ? 'A run is under way. Wait for it, or cancel it first.' : null;
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0] ?? null;
    if (event.defaultPrevented || takesText(target)) return;
    const step = duplicateKey(event);
    const { group } = this.data;
    if (step === null || !group) return;
    // Buttons, choices and sliders have an Enter and arrows of their own.
    const isControl = target instanceof HTMLElement && target.matches('button, select, input');
    if (isControl && !(target.matches('[type=radio]') && step === 'accept') && !/^[jk1-9]$/.test(event.key)) return;
    event.preventDefault();
    if (step === 'accept') this.accept();
    else if ('go' in step) this.data.go(step.go);
    else if (group.images[step.keep]) this.data.keep(group, group.images[step.keep].id);
  };

  private accept(): void {
    const { group } = this.data;
    if (!group || this.blocked !== null) return;
    const keep = this.data.kept(group);
    this.act(async (host) => {
      const operation = await host.keepOfGroups({ choices: [{ group: group.id, keep }] });
      announce(operation ? `Marked ${plural(group.size - 1, 'image')} as to be removed` : 'Nothing changes by it');
      if (!this.data.query.open) this.data.go(1); // else the next one takes its place
    });
  }

  private acceptAll(): void {
    this.act(async (host) => {
      const operation = await host.keepBestOfAll(this.data.query);
      announce(operation ? `Done: ${operation.title}` : 'Nothing changes by it');
    });
  }

  private exportList(): void {
    this.act(async (host) => {
      const written = await host.exportDuplicates(this.data.query);
      if (written) announce(`Wrote ${plural(written.images, 'image')} into ${written.file}`);
    });
  }

  private moveToTrash(): void {
    this.act(async (host) => {
      const outcome = await host.trashDuplicates(null);
      if (!outcome) return;
      const { moved, failed, kept } = outcome;
      const left = kept > 0 ? `; ${plural(kept, 'marked image')} left, as nothing of their group would stay` : '';
      announce(`Moved ${plural(moved, 'file')} to the trash${left}`);
      if (failed.length > 0) {
        const names = failed.slice(0, 3).map(({ path, reason }) => `${path}: ${reason}`);
        const more = failed.length > names.length ? `; and ${formatCount(failed.length - names.length)} more` : '';
        this.actionFailure = `${plural(failed.length, 'file')} could not be moved: ${names.join('; ')}${more}`;
      }
    });
  }

  private act(action: (host: Client<HostApi>) => Promise<unknown>): void {
    askHost(this.connected, action, (failure) => (this.actionFailure = failure));
  }
}
