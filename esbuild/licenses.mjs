import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The packages of which code or data is in a bundle, each with the files that it is in.
 *
 * @param bundles a list of `{ file, inputs }`, where `inputs` are the paths of the sources in the file
 */
export async function bundledLibraries(bundles) {
  const files = new Map();
  for (const { file, inputs } of bundles) {
    for (const folder of new Set(inputs.map(packageFolder).filter(Boolean)))
      files.set(folder, (files.get(folder) ?? new Set()).add(file));
  }
  const libraries = [...files].map(async ([folder, places]) => {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return { name, version, license, folder, files: [...places].sort() };
  });
  return (await Promise.all(libraries)).sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

function packageFolder(path) {
  return /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

/** The license of every package that the bundles contain code or data of. */
export async function notices(inputs) {
  const folders = new Set(inputs.map(packageFolder).filter(Boolean));
  const texts = await Promise.all([...folders].sort().map(notice));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function notice(folder) {
  const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const text = texts.length > 0 ? texts.join('\n') : await licenseByName(about);
  return `${about.name} ${about.version} (${about.license})\n\n${text.trim()}\n`;
}

/** A package may name its license and its holder without the text, which for MIT is that of our own license. */
async function licenseByName({ name, license, author }) {
  const holder = typeof author === 'object' ? author.name : author;
  if (license !== 'MIT' || !holder) throw new Error(`${name} has no license to carry along`);
  return (await readFile('LICENSE', 'utf8')).replace(/^Copyright.*$/m, `Copyright (c) ${holder}`);
}
