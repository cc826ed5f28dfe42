import { html, nothing, type TemplateResult } from 'lit';
import type { HostConnection } from '../shared/hostConnection';
import './map/mapSettingsMenu';
import type { PanelData } from './panelData';

/** The button with the settings of the layout; nothing as long as there is no map. */
export function mapSettingsMenu(
  connection: HostConnection,
  { map, revision }: PanelData,
  isRunning: boolean,
): TemplateResult | typeof nothing {
  if (!map.points) return nothing;
  const { embedder, embedders } = map.points;
  return html`<datavisor-map-settings
    .connection=${connection}
    .embedder=${embedder}
    .embedders=${embedders}
    .revision=${revision}
    .isRunning=${isRunning}
  ></datavisor-map-settings>`;
}
