/**
 * Whether an ICC profile only says what is assumed anyway: sRGB. Converting from sRGB to sRGB costs as much as a third
 * of the decode, so it is worth telling.
 * @param profile the profile or its first bytes (ICC.1:2022, section 7).
 */
export function isSrgbProfile(profile: Buffer): boolean {
  if (profile.length < 132) return false;
  const tags = Math.min(profile.readUInt32BE(128), 100);
  for (let i = 0; i < tags; i++) {
    const entry = 132 + 12 * i;
    if (entry + 12 > profile.length) return false;
    if (profile.toString('latin1', entry, entry + 4) !== 'desc') continue;
    const at = profile.readUInt32BE(entry + 4);
    const description = profile.toString('latin1', at, at + Math.min(profile.readUInt32BE(entry + 8), 256));
    // version 2 profiles write ASCII, version 4 UTF-16: without its zero bytes it reads the same
    return /sRGB/.test(description.replaceAll('\0', ''));
  }
  return false;
}
