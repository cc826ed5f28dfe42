import type { RemoteManifest } from '../../protocol/remoteManifest';
import type { RemoteProtocol } from './remoteProtocol';

/**
 * The protocol that a manifest names.
 * @throws Error when there is none of that name, or when it cannot do what the manifest says
 */
export async function loadProtocol(manifest: RemoteManifest): Promise<RemoteProtocol> {
  // the bundler takes in every file of the folder that this can name
  const { protocol } = (await import(`./protocols/${manifest.protocol}.ts`)) as { protocol: RemoteProtocol };
  const ability = manifest.labelThresholds ? 'labels' : 'vocabulary';
  if (protocol.ability !== ability) throw mismatch(manifest, `gives ${protocol.ability}, not ${ability}`);
  if (protocol.mostImages < manifest.imagesPerRequest) {
    throw mismatch(manifest, `sends at most ${protocol.mostImages} images a request, not ${manifest.imagesPerRequest}`);
  }
  return protocol;
}

function mismatch({ name, protocol }: RemoteManifest, what: string): Error {
  return new Error(`The manifest ${name} does not fit its protocol: ${protocol} ${what}.`);
}
