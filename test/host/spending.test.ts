import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createSpending, type Spending } from '../../src/host/storage/spending';
import { manualClock, type ManualClock } from '../support/wire';

const zone = process.env.TZ;
const hour = 3_600_000;

function setZone(name: string | undefined): void {
  if (name === undefined) delete process.env.TZ;
  else process.env.TZ = name;
}

describe('What questions cost', () => {
  const log = vscode.window.createOutputChannel('spending under test', { log: true });
  let folder: string;
  let clock: ManualClock;

  /** As a window has it. */
  function window(at = folder): Spending {
    return createSpending(vscode.Uri.file(at), clock, log);
  }

  beforeEach(() => {
    // Where 1970 began while the day before was five hours from its end.
    setZone('EST5');
    folder = join(mkdtempSync(join(tmpdir(), 'o1mini-spending-')), 'spending');
    clock = manualClock();
  });
  afterEach(() => setZone(zone));
  after(() => log.dispose());

  it('is nothing as long as nothing was asked', async () => {
    assert.equal(await window().today(), 0);
  });

  it('adds up over all windows, also after one is closed and opened again', async () => {
    await window().add(0.25);
    const [one, other] = [window(), window()];
    await one.add(0.5);
    await other.add(1);
    assert.equal(await one.today(), 1.75);
    assert.equal(await other.today(), 1.75);
    assert.equal(await window().today(), 1.75);
  });

  it('loses nothing of what is added at the same time', async () => {
    const windows = [window(), window(), window()];
    await Promise.all(windows.flatMap((each) => Array.from({ length: 20 }, () => each.add(0.125))));
    assert.equal(await window().today(), 7.5);
  });

  it('has what was added last, though it is still to be written', async () => {
    const mine = window();
    void mine.add(0.5);
    void mine.add(0.25);
    assert.equal(await mine.today(), 0.75);
  });

  it('counts files as nothing that hold no amount', async () => {
    await window().add(0.5);
    const [day] = readdirSync(folder);
    assert.ok(day !== undefined);
    for (const [index, content] of ['', ' ', 'x', '-3', 'Infinity', 'NaN', '1,5', '{}'].entries()) {
      writeFileSync(join(folder, day, `${index}.txt`), content);
    }
    mkdirSync(join(folder, day, 'folder.txt'));
    assert.equal(await window().today(), 0.5);
  });

  it('is not changed by what is no amount, as a chat from elsewhere may claim', async () => {
    const mine = window();
    await mine.add(0.5);
    for (const usd of [-3, 0, NaN, Infinity, -Infinity]) await mine.add(usd);
    assert.equal(await mine.today(), 0.5);
    assert.equal(await window().today(), 0.5);
  });

  it('begins at nothing with each day of the user', async () => {
    const mine = window();
    await mine.add(0.5);
    clock.advance(5 * hour - 1);
    assert.equal(await mine.today(), 0.5);
    clock.advance(1);
    assert.equal(await mine.today(), 0);
    await mine.add(0.25);
    assert.equal(await mine.today(), 0.25);
  });

  it('is not forgotten over a clock that was ahead for a while', async () => {
    const mine = window();
    await mine.add(0.5);
    clock.advance(48 * hour);
    await mine.add(0.25);
    clock.advance(-48 * hour);
    assert.equal(await mine.today(), 0.5);
    assert.equal(await window().today(), 0.5);
  });

  it('is kept for a week of days with questions, and no longer', async () => {
    const mine = window();
    for (let day = 0; day < 10; day++) {
      await mine.add(0.5);
      clock.advance(24 * hour);
    }
    assert.equal(readdirSync(folder).length, 7);
  });

  it('is counted in the window where its folder cannot be written, and nothing fails', async () => {
    const blocked = join(folder, '..', 'file');
    writeFileSync(blocked, '');
    const mine = window(blocked);
    await mine.add(0.5);
    await mine.add(0.25);
    assert.equal(await mine.today(), 0.75);
    assert.ok(existsSync(blocked));
  });
});
