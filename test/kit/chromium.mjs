// Finds a Chromium for the tests, without Playwright's own download.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { chromium } from '@playwright/test';
import { fetchPackage } from './fetchPackage.mjs';
import { cacheRoot, cached } from './testCache.mjs';

const FROM_NPM = {
  spec: '@sparticuz/chromium@153.0.0',
  integrity: 'sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==',
};

const ARGUMENTS = [
  '--no-sandbox', // it is root, in most containers
  '--disable-dev-shm-usage', // and /dev/shm is small there
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader', // WebGL2 on the CPU, the same everywhere
  '--enable-unsafe-swiftshader',
];

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Launch options for Playwright: $CHROMIUM_PATH, else a Chromium or Chrome on disk, else (or for CHROMIUM_PATH=npm) the
 * one that @sparticuz/chromium carries. HEADED=1 shows its window.
 * @returns {import('@playwright/test').LaunchOptions}
 */
export function chromiumOptions() {
  const wanted = process.env['CHROMIUM_PATH'];
  const onDisk =
    wanted ?? [...USUAL_PLACES, chromium.executablePath()].find((file) => file !== '' && fs.existsSync(file));
  const program = onDisk === undefined || onDisk === 'npm' ? chromiumFromNpm() : { executablePath: onDisk };
  return { ...program, args: ARGUMENTS, headless: !process.env['HEADED'], chromiumSandbox: false };
}

/**
 * Linux x64 only; needs glibc 2.34 and libgcc_s of the system and brings the rest. Only the package's files are used:
 * its code unpacks to fixed names in the system's temporary folder, where another version may lie.
 */
function chromiumFromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium found. Install Chrome or Chromium, or name one in CHROMIUM_PATH.');
  }
  const name = `chromium-${FROM_NPM.spec.split('@').at(-1)}`;
  const folder = cached(name, (making) => unpackChromium(making, path.join(path.resolve(cacheRoot()), name)));
  /** @type {Record<string, string>} */
  const env = { LD_LIBRARY_PATH: path.join(folder, 'lib'), FONTCONFIG_PATH: folder };
  for (const [key, value] of Object.entries(process.env)) if (value !== undefined) env[key] ??= value;
  return { executablePath: path.join(folder, 'chromium'), env };
}

/**
 * @param {string} folder
 * @param {string} finalFolder what the font configuration has to name
 */
function unpackChromium(folder, finalFolder) {
  fetchPackage(FROM_NPM, folder, ['--strip-components=2', 'package/bin']);
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.br'))) {
    const packed = path.join(folder, file);
    const plain = packed.slice(0, -'.br'.length);
    fs.writeFileSync(plain, zlib.brotliDecompressSync(fs.readFileSync(packed)), { mode: 0o755 });
    fs.rmSync(packed);
    if (plain.endsWith('.tar')) {
      execFileSync('tar', ['-xf', plain, '--no-same-owner', '-C', folder]);
      fs.rmSync(plain);
    }
  }
  const directories = `<dir>${finalFolder}/fonts</dir><dir>/usr/share/fonts</dir>`;
  fs.writeFileSync(
    path.join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>${directories}<cachedir>${finalFolder}/font-cache</cachedir></fontconfig>\n`,
  );
}
