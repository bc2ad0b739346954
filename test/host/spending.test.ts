import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createSpending, type Spending } from '../../src/host/storage/spending';
import { manualClock, type ManualClock } from '../support/wire';
import { scratchFolder } from '../support/scratch-folder';

const zone = process.env.TZ;
const HOUR_MS = 3_600_000;

function setZone(name: string | undefined): void {
  if (name === undefined) delete process.env.TZ;
  else process.env.TZ = name;
}

describe('The spending of the day', () => {
  const log = vscode.window.createOutputChannel('spending under test', { log: true });
  let folder: string;
  let clock: ManualClock;

  /** The spending as seen by another window. */
  function openWindow(at = folder): Spending {
    return createSpending(vscode.Uri.file(at), clock, log);
  }

  beforeEach(() => {
    // In this time zone, the clock starts five hours before the end of a day.
    setZone('EST5');
    folder = join(scratchFolder(), 'spending');
    clock = manualClock();
  });
  afterEach(() => setZone(zone));
  after(() => log.dispose());

  it('is zero until something is asked', async () => {
    assert.equal(await openWindow().usdToday(), 0);
  });

  it('adds up over all windows, even after one was closed and opened again', async () => {
    await openWindow().add(0.25);
    const [one, other] = [openWindow(), openWindow()];
    await one.add(0.5);
    await other.add(1);
    assert.equal(await one.usdToday(), 1.75);
    assert.equal(await other.usdToday(), 1.75);
    assert.equal(await openWindow().usdToday(), 1.75);
  });

  it('leaves out requests of unknown cost, and counts them across all windows', async () => {
    const [one, other] = [openWindow(), openWindow()];
    await one.add(undefined);
    await other.add(undefined);
    await other.add(0.5);
    assert.deepEqual([await openWindow().usdToday(), await openWindow().unpricedRequestsToday()], [0.5, 2]);
  });

  it('loses no amount that is added at the same time as others', async () => {
    const windows = [openWindow(), openWindow(), openWindow()];
    await Promise.all(windows.flatMap((each) => Array.from({ length: 20 }, () => each.add(0.125))));
    assert.equal(await openWindow().usdToday(), 7.5);
  });

  it('includes the last amount even before it is written', async () => {
    const spending = openWindow();
    void spending.add(0.5);
    void spending.add(0.25);
    assert.equal(await spending.usdToday(), 0.75);
  });

  it('ignores files without a valid amount', async () => {
    await openWindow().add(0.5);
    const [day] = readdirSync(folder);
    assert.ok(day !== undefined);
    for (const [index, content] of ['', ' ', 'x', '-3', 'Infinity', 'NaN', '1,5', '{}'].entries()) {
      writeFileSync(join(folder, day, `${index}.txt`), content);
    }
    mkdirSync(join(folder, day, 'folder.txt'));
    assert.equal(await openWindow().usdToday(), 0.5);
  });

  it('ignores invalid amounts, which an imported chat may contain', async () => {
    const spending = openWindow();
    await spending.add(0.5);
    for (const usd of [-3, 0, NaN, Infinity, -Infinity]) await spending.add(usd);
    assert.equal(await spending.usdToday(), 0.5);
    assert.equal(await openWindow().usdToday(), 0.5);
  });

  it('restarts at zero each day, in the time zone of the user', async () => {
    const spending = openWindow();
    await spending.add(0.5);
    clock.advance(5 * HOUR_MS - 1);
    assert.equal(await spending.usdToday(), 0.5);
    clock.advance(1);
    assert.equal(await spending.usdToday(), 0);
    await spending.add(0.25);
    assert.equal(await spending.usdToday(), 0.25);
  });

  it('survives a clock that was ahead for a while', async () => {
    const spending = openWindow();
    await spending.add(0.5);
    clock.advance(48 * HOUR_MS);
    await spending.add(0.25);
    clock.advance(-48 * HOUR_MS);
    assert.equal(await spending.usdToday(), 0.5);
    assert.equal(await openWindow().usdToday(), 0.5);
  });

  it('is kept for the last seven days with questions', async () => {
    const spending = openWindow();
    for (let day = 0; day < 10; day++) {
      await spending.add(0.5);
      clock.advance(24 * HOUR_MS);
    }
    assert.equal(readdirSync(folder).length, 7);
  });

  it('is counted in memory if its folder cannot be written', async () => {
    const blocked = join(folder, '..', 'file');
    writeFileSync(blocked, '');
    const spending = openWindow(blocked);
    await spending.add(0.5);
    await spending.add(0.25);
    assert.equal(await spending.usdToday(), 0.75);
    assert.ok(existsSync(blocked));
  });
});
