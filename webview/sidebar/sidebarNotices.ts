import type { TemplateResult } from 'lit';
import type { DatasetSummary } from '../../src/protocol/viewApi';
import { notice } from '../shared/notice';

const LOCAL = 'Everything runs on this computer: no image leaves it, and no account or download is needed.';

export function noFolder(openFolder: () => void): TemplateResult {
  return notice({
    icon: 'folder',
    title: 'No folder is open',
    text: `Open a folder of images to see what is in it. ${LOCAL}`,
    actions: [{ label: 'Open Folder', icon: 'folder-opened', run: openFolder }],
  });
}

export function noImages(dataset: DatasetSummary, actions: { autoTag(): void }): TemplateResult {
  return notice({
    icon: 'file-media',
    title: `No images in ${dataset.name}`,
    text:
      'JPEG, PNG, WebP, GIF, TIFF and AVIF files in this folder and the folders below it are looked for, except where ' +
      'files.exclude or .gitignore leave them out. Add some, or open another folder, then look again.',
    actions: [{ label: 'Look Again', icon: 'refresh', run: () => actions.autoTag() }],
  });
}

export function notIndexed(dataset: DatasetSummary, actions: { autoTag(): void; index(): void }): TemplateResult {
  if (dataset.readOnly !== null) {
    return notice({
      icon: 'lock',
      title: 'Nothing is indexed yet',
      text: 'This dataset can only be read at present. Close the program that holds it, then run Auto-Tag.',
    });
  }
  return notice({
    icon: 'tag',
    title: `${dataset.name} is not indexed yet`,
    text:
      'Auto-Tag finds the images in this folder, makes thumbnails, tags lighting, clarity, colours and duplicates, ' +
      `and draws a map of what looks alike. ${LOCAL} The images themselves are never changed.`,
    actions: [
      { label: 'Auto-Tag', icon: 'tag', run: () => actions.autoTag() },
      { label: 'Index Only', icon: 'list-unordered', run: () => actions.index() },
    ],
  });
}
