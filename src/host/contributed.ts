// What package.json contributes, by name. Read at activation, so that nothing else has to be.

export const COMMAND_IDS = [
  'datavisor.autoTag',
  'datavisor.indexFolder',
  'datavisor.openDataset',
  'datavisor.embedAndMap',
  'datavisor.refitMap',
  'datavisor.searchByText',
  'datavisor.findSimilar',
  'datavisor.findAlike',
  'datavisor.cancel',
  'datavisor.chooseProvider',
  'datavisor.manageModels',
  'datavisor.tryOwnModel',
  'datavisor.setHubToken',
  'datavisor.setApiKey',
  'datavisor.withdrawConsent',
  'datavisor.showDuplicates',
  'datavisor.showQuality',
  'datavisor.review',
  'datavisor.manageTags',
  'datavisor.editPolicy',
  'datavisor.showRuns',
  'datavisor.addTag',
  'datavisor.undo',
  'datavisor.redo',
  'datavisor.exportDecisions',
] as const;
export type CommandId = (typeof COMMAND_IDS)[number];

export const SIDEBAR_ID = 'datavisor.sidebar';
export const PANEL_ID = 'datavisor.panel';
