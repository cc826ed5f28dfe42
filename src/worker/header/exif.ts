/** The EXIF fields that DataVisor keeps. */
export interface ExifFacts {
  /** 1 to 8; 1 when there is none. */
  readonly orientation: number;
  /** ISO 8601 without zone. */
  readonly capturedAt: string | null;
  readonly camera: string | null;
}

export const NO_EXIF: ExifFacts = { orientation: 1, capturedAt: null, camera: null };

const TAG_MAKE = 0x010f;
const TAG_MODEL = 0x0110;
const TAG_ORIENTATION = 0x0112;
const TAG_EXIF_IFD = 0x8769;
const TAG_DATE_TIME_ORIGINAL = 0x9003;
const TYPE_ASCII = 2;
const TYPE_SHORT = 3;
const TYPE_LONG = 4;
/** More entries than any camera writes; a larger number means that the bytes are not a directory. */
const MAX_ENTRIES = 1000;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the four value bytes lie. */
  readonly at: number;
}

/**
 * Reads a TIFF-structured EXIF block (EXIF 2.3, section 4.6). Damaged blocks give what can be read of them: metadata
 * never makes an image fail.
 * @param bytes starts at the byte-order mark ("II" or "MM"), without the "Exif\0\0" prefix.
 */
export function parseExif(bytes: Buffer): ExifFacts {
  const order = bytes.toString('latin1', 0, 2);
  if (bytes.length < 8 || (order !== 'II' && order !== 'MM')) return NO_EXIF;
  const reader = new ExifReader(bytes, order === 'II');
  const main = reader.directory(reader.u32(4));
  const orientation = reader.number(main.get(TAG_ORIENTATION)) ?? 1;
  const details = reader.directory(reader.number(main.get(TAG_EXIF_IFD)) ?? 0);
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    capturedAt: isoDate(reader.text(details.get(TAG_DATE_TIME_ORIGINAL))),
    camera: cameraName(reader.text(main.get(TAG_MAKE)), reader.text(main.get(TAG_MODEL))),
  };
}

class ExifReader {
  constructor(
    private readonly bytes: Buffer,
    private readonly littleEndian: boolean,
  ) {}

  u16(at: number): number {
    if (at + 2 > this.bytes.length) return 0;
    return this.littleEndian ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  u32(at: number): number {
    if (at + 4 > this.bytes.length) return 0;
    return this.littleEndian ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }

  directory(at: number): Map<number, Entry> {
    const entries = new Map<number, Entry>();
    const count = at >= 8 ? this.u16(at) : 0;
    if (count > MAX_ENTRIES) return entries;
    for (let i = 0; i < count; i++) {
      const entry = at + 2 + 12 * i;
      entries.set(this.u16(entry), { type: this.u16(entry + 2), count: this.u32(entry + 4), at: entry + 8 });
    }
    return entries;
  }

  number(entry: Entry | undefined): number | null {
    if (entry?.type === TYPE_SHORT) return this.u16(entry.at);
    if (entry?.type === TYPE_LONG) return this.u32(entry.at);
    return null;
  }

  text(entry: Entry | undefined): string | null {
    if (entry?.type !== TYPE_ASCII || entry.count > 1024) return null;
    const at = entry.count <= 4 ? entry.at : this.u32(entry.at);
    const text = this.bytes.toString('utf8', at, Math.min(this.bytes.length, at + entry.count));
    const end = text.indexOf('\0');
    const clean = (end < 0 ? text : text.slice(0, end)).replace(/\p{Cc}/gu, ' ').trim();
    return clean === '' ? null : clean;
  }
}

/** EXIF writes "2016:08:21 14:03:59"; unknown parts are blanks or zeros. */
function isoDate(text: string | null): string | null {
  const match = /^(\d{4}):(\d\d):(\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(text ?? '');
  if (!match) return null;
  const iso = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}`;
  // the round trip refuses dates that are none, such as 0000-00-00 or the 30th of February
  const date = new Date(`${iso}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

/** Many models start with their make ("Canon", "Canon EOS 5D"): it is said once. */
function cameraName(make: string | null, model: string | null): string | null {
  if (!make || !model) return model ?? make;
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
}
