/** What can be measured of an image, as the map is coloured by it: over `samples s`, NULL where it is not known. */
export const POINT_MEASURES: Readonly<Record<string, { title: string; unit: string; sql: string }>> = {
  lightness: { title: 'Lightness', unit: '', sql: 's.lightness' },
  sharpness: { title: 'Sharpness', unit: '', sql: 's.sharpness' },
  noise: { title: 'Noise', unit: 'levels', sql: 's.noise' },
  entropy: { title: 'Entropy', unit: 'bits', sql: 's.entropy' },
  chroma: { title: 'Colourfulness', unit: '', sql: 's.chroma' },
  overexposed: { title: 'Overexposed', unit: '%', sql: '100 * s.overexposed' },
  size: { title: 'File size', unit: 'kB', sql: 's.size / 1000' },
  width: { title: 'Width', unit: 'px', sql: 's.width' },
  height: { title: 'Height', unit: 'px', sql: 's.height' },
  megapixels: { title: 'Resolution', unit: 'MP', sql: 's.width * s.height / 1e6' },
  aspect: { title: 'Width ÷ height', unit: '', sql: 's.width / nullif(s.height, 0)' },
};
