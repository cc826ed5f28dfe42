import manifestJson from '../../../models/visual-look.json';
import type { AnalyzedImage } from '../analyzedImage';
import { halvePlane, lumaPlane } from '../image/luma';
import { readManifest } from '../../protocol/modelManifest';
import type { Embedder } from './embedder';
import { writeGrid, writeHistograms, writeThumbnail } from './visualLook/colorParts';
import { DescriptorWriter } from './visualLook/descriptorWriter';
import { writeGlobalScalars } from './visualLook/globalScalars';
import { writeOrientation, writeTexture } from './visualLook/textureParts';

/**
 * Describes how an image looks in 904 numbers: colour, layout, edge directions, texture, overall measures, in the order
 * of embedding/visualLookLayout.ts. Blocks are weighted against each other later, when the PCA is fitted.
 */
export const visualLookEmbedder: Embedder = {
  manifest: readManifest(manifestJson),
  describe(image: AnalyzedImage): Float32Array {
    const out = new DescriptorWriter();
    writeGrid(out, image.square, image.squareLab);
    writeHistograms(out, image.squareLab);
    const full = lumaPlane(image.square);
    const half = halvePlane(full);
    for (const plane of [full, half, halvePlane(half)]) {
      writeOrientation(out, plane);
      writeTexture(out, plane);
    }
    writeThumbnail(out, image.squareLab);
    writeGlobalScalars(out, image);
    return out.finish();
  },
};
