/**
 * Themes of VS Code that pictures are taken in, by a short name.
 * @type {Readonly<Record<string, string>>}
 */
export const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
};
