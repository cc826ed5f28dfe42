// node test/kit/datavisor.mjs …: what `npm run -s datavisor -- …` runs. The command line itself is dist/cli.js.
import { createRequire } from 'node:module';
import { bootstrap } from './bootstrap.mjs';
import { inCheckout } from './checkout.mjs';

bootstrap();
process.chdir(process.env['INIT_CWD'] ?? '.'); // paths are meant from where npm was called, not from the checkout
createRequire(import.meta.url)(inCheckout('dist', 'cli.js'));
