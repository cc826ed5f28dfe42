import sharp from 'sharp';
import type { Sharp } from 'sharp';

/** Pixels of a photo: 8-bit sRGB, 3 bytes each. */
export interface Photo {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Reads a photo upright, reduced to fit inside a square of `side` pixels (never enlarged). */
export async function readPhoto(file: string, side: number): Promise<Photo> {
  const { data, info } = await sharp(file, { failOn: 'none' })
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return { data, width: info.width, height: info.height };
  const gray = { data: new Uint8Array(info.width * info.height * 3), width: info.width, height: info.height };
  for (let i = 0; i < gray.data.length; i++) gray.data[i] = data[Math.floor(i / 3) * info.channels]!;
  return gray;
}

export function asSharp({ data, width, height }: Photo): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}
