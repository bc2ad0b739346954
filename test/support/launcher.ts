import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { launchBrowser } from './chromium';
import { onExit } from './on-exit';
import { scratchFolder, type Settings } from './scratch-folder';
import { installServer } from './server-install';
import { testsBegin } from './tests-begin';
import { MAX_START_MS, startVsCodeServer, type WindowAddress } from './vscode-server';

/** The arguments of desktop VS Code that are supported here; all others are ignored. */
interface CommandLine {
  readonly address: WindowAddress;
  readonly userDataDir: string;
  readonly extensionsDir: string | undefined;
}

function parse(args: readonly string[]): CommandLine {
  const flag = (name: string): string | undefined =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const development = flag('extensionDevelopmentPath');
  const tests = flag('extensionTestsPath');
  return {
    address: {
      folder: args.find((arg) => !arg.startsWith('-')) ?? scratchFolder(),
      ...(development !== undefined && { extensionDevelopmentPath: development }),
      ...(tests !== undefined && { extensionTestsPath: tests }),
    },
    userDataDir: flag('user-data-dir') ?? scratchFolder(),
    extensionsDir: flag('extensions-dir'),
  };
}

function readSettings(userDataDir: string): Settings {
  try {
    return JSON.parse(readFileSync(join(userDataDir, 'User', 'settings.json'), 'utf8')) as Settings;
  } catch {
    return {};
  }
}

/** Opens the window and waits for the result of the tests in its extension host. */
async function launch({ address, userDataDir, extensionsDir }: CommandLine): Promise<number> {
  const settings = readSettings(userDataDir);
  const server = await startVsCodeServer({
    install: await installServer(),
    dataDir: userDataDir,
    ...(extensionsDir !== undefined && { extensionsDir }),
    userSettings: settings,
    machineSettings: settings,
    trust: 'trusted',
  });
  const browser = await launchBrowser();
  onExit(() => void browser.close());
  const page = await browser.newPage();
  const result = new Promise<number>((resolve, reject) => {
    page.once('crash', () => reject(new Error('The window crashed.')));
    page.once('close', () => reject(new Error('The window closed before the tests ended.')));
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  const output = testOutput();
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) =>
    output.add(format(...args)),
  );
  await page.goto(server.windowUrl(address), { timeout: MAX_START_MS });
  const code = await result;
  for (const line of output.beforeTests()) console.error(line);
  await browser.close();
  await server.close();
  return code;
}

/** Prints the output of the tests. The earlier output of the window is kept in case they never start. */
function testOutput(): { add(line: string): void; beforeTests(): readonly string[] } {
  let started = false;
  const before: string[] = [];
  return {
    add: (line) => {
      started ||= line === testsBegin;
      if (started) console.log(line);
      else before.push(line);
    },
    beforeTests: () => (started ? [] : before),
  };
}

launch(parse(process.argv.slice(2))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
