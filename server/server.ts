/**
 * A whole server over one data folder: what is opened, started and stopped, and in which order.
 *
 * Promises: one server a folder; what fell due while it was down fires before it listens is over; a stop lets
 * requests end, writes everything and gives the folder free.
 * Must not: read the environment, print, or choose where data is kept (`program.ts` does).
 */
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import type { Definition } from '../machines/definition/schema.ts'
import type { Scenario } from '../machines/simulate/scenario.ts'
import { DEFAULT_CALENDARS } from '../machines/time/default-calendars.ts'
import { auditedLibrary } from './access/audited-library.ts'
import { createRecorder } from './access/record.ts'
import { createSetUp } from './access/set-up.ts'
import { buildApp } from './app.ts'
import { type Clock, createManualClock, systemClock } from './clock.ts'
import { type Config, isLoopback } from './config.ts'
import { freeBytes, openEvidenceStore } from './evidence/evidence-store.ts'
import type { App } from './http/app-type.ts'
import { createDiskMetric, createMetrics, createTimerMetrics } from './http/metrics.ts'
import { randomIds } from './ids.ts'
import { createJobs } from './jobs/advance-job.ts'
import { createInbox } from './jobs/inbox.ts'
import { JobWork } from './jobs/job-work.ts'
import { createMigrations } from './jobs/migrations.ts'
import { createOutbox } from './jobs/outbox.ts'
import { createTimers } from './jobs/timers.ts'
import { createDrawn } from './library/drawn.ts'
import { seedLibrary } from './library/seed.ts'
import { folderShelf } from './pictures/drawing-shelf.ts'
import { createDrawings } from './pictures/drawings.ts'
import { createPictures } from './pictures/pictures.ts'
import { createRetention, type RetentionPort } from './privacy/retention.ts'
import type { AuditLog } from './store/audit-port.ts'
import { openFeedEpoch } from './store/feed-epoch.ts'
import type { Library, Settings } from './store/library-port.ts'
import { lockFolder } from './store/lock.ts'
import type { JobStore } from './store/port.ts'
import { seedScenarios } from './training/seed-scenarios.ts'

/** Messages to people that were read are kept this long. */
const KEEP_READ_MS = 90 * 24 * 3600 * 1000
const HOUR_MS = 3600 * 1000
/** Files that no job names. */
const KEEP_LOOSE_MS = 24 * HOUR_MS
const HOUSEKEEPING_MS = HOUR_MS
/** The start and the first who come go before drawings that nobody has asked for. */
const DRAW_AFTER_MS = 60_000
/** What is personal and kept too long waited until now. */
const ERASE_AFTER_MS = 90_000
/** How long a stop waits for requests that are not yet whole. */
const PATIENCE_MS = 5000

/** Where everything is kept; `program.ts` chooses. */
type Adapters = {
  openStore(file: string): JobStore
  openLibrary(folder: string, settings: Settings): Promise<Library>
  openAudit(file: string): AuditLog
}
type ServerOptions = {
  config: Config
  adapters: Adapters
  logger: FastifyBaseLogger
  shipped: readonly Definition[]
  /** For the training room; none where left out. */
  scenarios?: readonly Scenario[]
  /** Of this process, noted in the lock. */
  pid: number
  /** Folder of the built pages. */
  pages?: string
}
export type Server = {
  app: App
  /** Where it listens: `http://127.0.0.1:3000`. */
  address: string
  /** The secret of the one-time link, where there is no administrator yet. */
  setUpSecret?: string
  stop(): Promise<void>
}

/** Opens, starts and listens. Errors: FolderLocked, LibraryCorrupt, an address in use. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { config, logger } = options
  // What was opened is closed in the opposite order, also where the start fails half-way.
  const closing: (() => Promise<unknown> | unknown)[] = []
  const stop = async () => {
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close()
  }
  try {
    return { ...(await start(options, closing)), stop }
  } catch (error) {
    logger.debug('the start failed; closing what was opened')
    await stop()
    throw error
  }
  async function start(
    { shipped, scenarios = [], pid, pages, adapters }: ServerOptions,
    opened: typeof closing,
  ) {
    const lock = await lockFolder(config.dataDir, pid)
    opened.push(() => lock.release())
    const { timeZone, calendars } = DEFAULT_CALENDARS
    const audit = adapters.openAudit(join(config.dataDir, 'audit.sqlite'))
    opened.push(() => audit.close())
    const shelves = await adapters.openLibrary(join(config.dataDir, 'library'), { timeZone, calendars })
    opened.push(() => shelves.close())
    const library = auditedLibrary(shelves, audit, () => systemClock.now())
    const feedEpoch = await openFeedEpoch(config.dataDir, () => randomIds.id())
    const store = adapters.openStore(join(config.dataDir, 'jobs.sqlite'))
    opened.push(() => store.close())
    store.health.onTrouble((trouble, cause) => {
      if (trouble === undefined) logger.info('the disk can be written again: the server goes on')
      else logger.error({ err: cause, trouble }, 'nothing can be kept: the server acknowledges nothing')
    })
    const free = () => freeBytes(config.dataDir)
    const room = { keepFree: config.keepFree, free }
    const evidence = await openEvidenceStore(join(config.dataDir, 'evidence'), randomIds, room)

    const clock = await openClock(config, library)
    const metrics = createMetrics()
    createDiskMetric(metrics, free)
    const work = new JobWork({ store, library, now: () => clock.now(), newId: () => randomIds.id() })
    const inbox = createInbox(work)
    const outbox = createOutbox(work, logger, inbox.told)
    const timers = createTimers(work, () => outbox.drain(), logger, createTimerMetrics(metrics))

    const pictures = createPictures({ logger })
    opened.push(() => pictures.close())
    const drawings = createDrawings({ shelf: folderShelf(join(config.dataDir, 'drawings')), logger })
    opened.push(() => drawings.close())

    const setUp = createSetUp({ library, clock: systemClock, ids: randomIds })
    if (config.adminToken !== undefined) await setUp.ensureToken(config.adminToken)
    const published = await seedLibrary(library, shipped, clock.now())
    if (published.length > 0) logger.info({ published }, 'shipped processes published')
    const put = await seedScenarios(library, scenarios, clock.now())
    if (put.length > 0) logger.info({ scenarios: put.length }, 'shipped scenarios put in')

    const migrations = createMigrations(work, logger)
    const record = createRecorder(audit, () => systemClock.now())
    const retention = createRetention({ work, evidence, record })
    const app = await buildApp({
      config,
      store,
      library,
      audit,
      work,
      jobs: createJobs(work),
      migrations,
      inbox,
      outbox,
      timers,
      retention,
      evidence,
      pictures,
      drawings,
      setUp,
      clock,
      wallClock: systemClock,
      ids: randomIds,
      feedEpoch,
      logger,
      metrics,
      ...(pages === undefined ? {} : { pages }),
    })
    opened.push(() => outbox.stop())
    await outbox.start()
    opened.push(() => timers.stop())
    await timers.start()
    opened.push(() => migrations.halt())
    await migrations.start()
    const forgetting = setInterval(() => {
      const before = (ms: number) => new Date(clock.now() - ms).toISOString()
      Promise.all([
        store.forget(before(config.keepAnswers * HOUR_MS)),
        store.forgetNotices(before(KEEP_READ_MS)),
        // Files have the disk's own time.
        evidence.sweep(systemClock.now() - KEEP_LOOSE_MS, (files) => store.privacy.filesNamed(files)),
      ]).catch((error: unknown) =>
        logger.error({ err: error }, 'old answers, messages and loose files were not forgotten'),
      )
    }, HOUSEKEEPING_MS)
    opened.push(() => clearInterval(forgetting))
    const tending = housekeeping(retention, logger)
    opened.push(tending.stop)

    const drawing = setTimeout(() => {
      createDrawn(library, drawings)
        .allAhead()
        .catch((error: unknown) => logger.error({ err: error }, 'drawings were not laid out ahead'))
    }, DRAW_AFTER_MS)
    opened.push(() => clearTimeout(drawing))

    const setUpSecret = await setUp.openLink()
    const host = setUpSecret !== undefined && !isLoopback(config.host) ? '127.0.0.1' : config.host
    if (host !== config.host)
      logger.warn(`no administrator yet: listening on ${host} only; start again once there is one`)
    opened.push(() => closeApp(app))
    const address = await app.listen({ host, port: config.port })
    return { app, address, ...(setUpSecret === undefined ? {} : { setUpSecret }) }
  }
}

/** Answers what was taken; whoever has not sent the rest of his request by then is not waited for. */
async function closeApp(app: App): Promise<void> {
  const hurry = setTimeout(() => app.server.closeAllConnections(), PATIENCE_MS)
  try {
    await app.close()
  } finally {
    clearTimeout(hurry)
  }
}

/** What is kept too long is erased soon after the start, and then every hour. A stop waits for the jobs in hand. */
function housekeeping({ tend }: Pick<RetentionPort, 'tend'>, logger: FastifyBaseLogger) {
  const halt = new AbortController()
  let under: Promise<unknown> | undefined
  const run = (): void => {
    under ??= tend(halt.signal)
      .then((jobs) => {
        if (jobs > 0) logger.info({ jobs }, 'personal data erased: kept for as long as the processes say')
      })
      .catch((error: unknown) => logger.error({ err: error }, 'personal data kept too long was not erased'))
      .finally(() => {
        under = undefined
      })
  }
  const soon = setTimeout(run, ERASE_AFTER_MS)
  const hourly = setInterval(run, HOUSEKEEPING_MS)
  return {
    stop: async (): Promise<void> => {
      clearTimeout(soon)
      clearInterval(hourly)
      halt.abort()
      await under
    },
  }
}

/** A manual clock stands where it stood; a new one begins where the configuration says, or now. */
async function openClock(config: Config, library: Library): Promise<Clock> {
  if (config.clock === 'system') return systemClock
  const stood = await library.manualClock()
  const start = stood === undefined ? (config.clockStart ?? systemClock.now()) : Date.parse(stood)
  const clock = createManualClock(start)
  await library.saveManualClock(new Date(start).toISOString())
  return clock
}
