import { createHash } from 'node:crypto';
import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import parseExpression from 'spdx-expression-parse';

/** A library with code or data in a bundle, as recorded by esbuild.mjs. */
export interface BundledLibrary {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
  /** The folder of the library relative to the repository, which is its key in the lock file. */
  readonly folder: string;
  /** The files of the package that contain the library. */
  readonly files: readonly string[];
}

/** The properties of package.json that describe the extension. */
export interface ExtensionManifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
}

/** The properties of package-lock.json that describe a library. */
export interface LockFile {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

export interface Materials {
  readonly manifest: ExtensionManifest;
  readonly libraries: readonly BundledLibrary[];
  readonly lock: LockFile;
  /** The bytes of the package that the bill belongs to. */
  readonly vsix: Buffer;
  readonly date: Date;
}

const licenseFactory = new Contrib.License.Factories.LicenseFactory((text) => void parseExpression(text));

/**
 * The bill of materials of a package in CycloneDX 1.6, as JSON. Equal materials give equal text.
 * Source: https://cyclonedx.org/docs/1.6/json/
 */
export function billOfMaterials({ manifest, libraries, lock, vsix, date }: Materials): string {
  const extension = extensionOf(manifest, vsix);
  const bill = new Models.Bom({ metadata: new Models.Metadata({ component: extension, timestamp: date }) });
  for (const library of libraries) {
    const component = componentOf(library, lock);
    bill.components.add(component);
    extension.dependencies.add(component.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bill, { sortLists: true, space: 2 })}\n`;
}

function extensionOf(manifest: ExtensionManifest, vsix: Buffer): Models.Component {
  const { publisher, name, version, description, license } = manifest;
  const purl = new PackageURL('vscode-extension', publisher, name, version, undefined, undefined).toString();
  return new Models.Component(Enums.ComponentType.Application, name, {
    publisher,
    version,
    description,
    purl,
    bomRef: purl,
    licenses: new Models.LicenseRepository([licenseFactory.makeFromString(license)]),
    hashes: new Models.HashDictionary([
      [Enums.HashAlgorithm['SHA-256'], createHash('sha256').update(vsix).digest('hex')],
    ]),
  });
}

function componentOf(library: BundledLibrary, lock: LockFile): Models.Component {
  const [name = '', group] = library.name.split('/').reverse();
  const purl = new PackageURL('npm', group, name, library.version, undefined, undefined).toString();
  return new Models.Component(Enums.ComponentType.Library, name, {
    version: library.version,
    purl,
    bomRef: purl,
    scope: Enums.ComponentScope.Required,
    ...(group !== undefined && { group }),
    licenses: new Models.LicenseRepository([licenseFactory.makeFromString(library.license)]),
    externalReferences: new Models.ExternalReferenceRepository(distributionOf(library, lock)),
    properties: new Models.PropertyRepository(
      library.files.map((file) => new Models.Property('o1mini:bundledIn', file)),
    ),
  });
}

/** The address of a library in the npm registry, with its hash from the lock file. */
function distributionOf(
  { name, version, folder }: BundledLibrary,
  lock: LockFile,
): readonly Models.ExternalReference[] {
  const url = `https://registry.npmjs.org/${name}/-/${name.split('/').at(-1) ?? name}-${version}.tgz`;
  const sha512 = /^sha512-(.+)$/.exec(lock.packages[folder]?.integrity ?? '')?.[1];
  const hashes = new Models.HashDictionary();
  if (sha512 !== undefined) {
    hashes.set(Enums.HashAlgorithm['SHA-512'], Buffer.from(sha512, 'base64').toString('hex'));
  }
  return [new Models.ExternalReference(url, Enums.ExternalReferenceType.Distribution, { hashes })];
}
