const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/**
 * Whether a JPEG has no end marker after its last start of a scan, or a PNG no end chunk; false for other formats. In
 * the data of a scan neither marker can occur (ITU-T T.81, B.1.1.5).
 */
export function lacksEnd(bytes: Buffer): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < bytes.lastIndexOf(Buffer.from([0xff, 0xda]));
  }
  return bytes.subarray(0, 4).equals(PNG_SIGNATURE) && !bytes.includes('IEND');
}
