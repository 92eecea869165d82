/**
 * The HTTP application: plugins in their order, use cases made from what is given, routes.
 *
 * Promises: nothing is reached without a declared right; every error is problem details; stopping ends the streams.
 * Must not: choose a store or a clock, open a file or listen (`program.ts` does), or hold a rule.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifySerializerCompiler, LogController } from 'fastify'
import type { Registry } from 'prom-client'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { auditedWebhooks } from './access/audited-webhooks.ts'
import { createGuide } from './access/guide.ts'
import { createIdentities } from './access/identity.ts'
import { createPeople } from './access/people.ts'
import { createRecorder } from './access/record.ts'
import type { SetUp } from './access/set-up.ts'
import { createSignInGuard } from './access/sign-in-guard.ts'
import { type Clock, createClockControl, type TimersUntil } from './clock.ts'
import type { Config } from './config.ts'
import type { EvidenceStore } from './evidence/evidence-store.ts'
import { createFindings } from './findings/findings.ts'
import type { App } from './http/app-type.ts'
import { registerAuthorisation } from './http/authorise.ts'
import { MOST_AT_ONCE, registerCapacity } from './http/capacity.ts'
import { createBareAnswers } from './http/client-error.ts'
import { answerError, registerErrors } from './http/errors.ts'
import { registerJsonBody } from './http/json-body.ts'
import { registerMetrics } from './http/metrics.ts'
import { registerOpenApi } from './http/openapi.ts'
import { registerPages } from './http/pages.ts'
import { registerHeaders, registerLimits } from './http/security.ts'
import { registerSentBytes } from './http/sent-bytes.ts'
import { registerWebSocket, shouldUpgrade } from './http/websocket.ts'
import type { Ids } from './ids.ts'
import { createBatch } from './jobs/batch.ts'
import { createBoard } from './jobs/board.ts'
import { createDeadLetters } from './jobs/dead-letters.ts'
import { createDispatch } from './jobs/dispatch.ts'
import type { InboxPort } from './jobs/inbox.ts'
import { createJobSheet } from './jobs/job-sheet.ts'
import type { JobWork } from './jobs/job-work.ts'
import type { JobsPort } from './jobs/jobs-port.ts'
import { createLife } from './jobs/life.ts'
import { createMaskedJobs } from './jobs/masked-jobs.ts'
import type { MigrationsPort } from './jobs/migrations.ts'
import type { Outbox } from './jobs/outbox.ts'
import { createViews } from './jobs/views.ts'
import { registerWorkMetrics } from './jobs/work-metrics.ts'
import { createApprovals } from './library/approvals.ts'
import { createCheck } from './library/check-definition.ts'
import { createImpact } from './library/draft-impact.ts'
import { draftNotice } from './library/draft-notice.ts'
import { createDrawn } from './library/drawn.ts'
import { createExchange } from './library/exchange.ts'
import { createNorms } from './library/norms.ts'
import { createProcessLibrary } from './library/processes.ts'
import { createSettings } from './library/settings.ts'
import type { Drawings } from './pictures/drawings.ts'
import type { Pictures } from './pictures/pictures.ts'
import { createPrivacy } from './privacy/privacy.ts'
import type { RetentionPort } from './privacy/retention.ts'
import { createReviews } from './reviews/reviews.ts'
import { createSurveys } from './reviews/surveys.ts'
import { createWorkLog } from './reviews/work-log.ts'
import { approvalRoutes } from './routes/approvals.ts'
import { auditRoutes } from './routes/audit.ts'
import { changeRoutes } from './routes/changes.ts'
import { deskRoutes } from './routes/desk.ts'
import { dispatchRoutes } from './routes/dispatch.ts'
import { draftRoutes } from './routes/drafts.ts'
import { drawingRoutes } from './routes/drawing.ts'
import { evidenceRoutes } from './routes/evidence.ts'
import { exchangeRoutes } from './routes/exchange.ts'
import { findingRoutes } from './routes/findings.ts'
import { guideRoutes } from './routes/guide.ts'
import { healthRoutes, problemRoutes } from './routes/health.ts'
import { deadLetterRoutes, inboxRoutes } from './routes/inbox.ts'
import { inspectRoutes } from './routes/inspect.ts'
import { jobHandRoutes } from './routes/job-hands.ts'
import { jobRoutes } from './routes/jobs.ts'
import { lifeRoutes } from './routes/life.ts'
import { migrationRoutes } from './routes/migrations.ts'
import { clockRoutes, normRoutes, settingsRoutes } from './routes/organisation.ts'
import { peopleRoutes } from './routes/people.ts'
import { privacyRoutes } from './routes/privacy.ts'
import { processRoutes } from './routes/processes.ts'
import { providerSignInRoutes } from './routes/provider-sign-in.ts'
import { reviewRoutes, surveyRoutes, workLogRoutes } from './routes/reviews.ts'
import { sampleRoutes } from './routes/sample.ts'
import { sessionRoutes } from './routes/session.ts'
import { assignmentRoutes } from './routes/training-assignments.ts'
import { attemptRoutes } from './routes/training-attempts.ts'
import { jobScenarioRoutes, rerunRoutes } from './routes/training-rerun.ts'
import { trainingResultRoutes } from './routes/training-results.ts'
import { scenarioRoutes } from './routes/training-scenarios.ts'
import { trainingSessionRoutes } from './routes/training-sessions.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { auditedSample } from './sample/audited-sample.ts'
import { createSampleDay } from './sample/sample-day.ts'
import type { AuditLog } from './store/audit-port.ts'
import { StorageFailing } from './store/health-port.ts'
import type { Library } from './store/library-port.ts'
import { createMemoryStore } from './store/memory/memory-store.ts'
import type { JobStore } from './store/port.ts'
import { createDraftFeed } from './stream/draft-feed.ts'
import { createDraftWatch } from './stream/draft-watch.ts'
import { createFeed } from './stream/feed.ts'
import { createInspector } from './stream/inspector.ts'
import { createTrainingFeed } from './stream/training-feed.ts'
import { createFromJob } from './training/from-job.ts'
import { createProcessRuns } from './training/process-runs.ts'
import { createRerun } from './training/rerun.ts'
import { createScenarios } from './training/scenarios.ts'
import { createTraining } from './training/training.ts'
import { createDeliveries } from './webhooks/deliveries.ts'
import { createSender } from './webhooks/sender.ts'
import { createWebhooks } from './webhooks/webhooks.ts'

const MIB = 1024 * 1024
/** Long enough for ten megabytes over a mobile line. */
const REQUEST_TIMEOUT_MS = 60_000
/** Longer than requests wait for a busy event loop. */
const LAST_REQUESTS_MS = 200

export type AppDeps = {
  config: Pick<Config, 'trustProxy' | 'rateLimit' | 'sentPerDay' | 'loopDelay' | 'oidc' | 'privateWebhooks'>
  store: JobStore
  /** Puts on record what `audit` tells (`access/audited-library.ts`). */
  library: Library
  audit: Pick<AuditLog, 'append' | 'list' | 'changes' | 'head'>
  work: JobWork
  jobs: JobsPort
  migrations: MigrationsPort
  inbox: InboxPort
  outbox: Pick<Outbox, 'drain'>
  timers: TimersUntil
  retention: RetentionPort
  evidence: EvidenceStore
  pictures: Pictures
  drawings: Pick<Drawings, 'draw' | 'ahead'>
  setUp: SetUp
  /** The jobs' time. */
  clock: Clock
  /** Real time, by which people's tokens and sessions expire. */
  wallClock: Clock
  ids: Ids
  /** Of the data folder's history. */
  feedEpoch: string
  logger: FastifyBaseLogger
  metrics: Registry
  /** Folder of the built pages. */
  pages?: string
  /** Holds each answer against its schema: for tests. */
  checkAnswers?: boolean
  /** How many changes may be under way. */
  mostAtOnce?: number
  /** Between two signs of life on a stream. */
  heartbeatMs?: number
}

/** The application, ready to listen or to be injected into. Errors: a route without a right. */
export async function buildApp(deps: AppDeps): Promise<App> {
  const { config, store, library, jobs, inbox, evidence, setUp, clock, wallClock, ids } = deps
  const bare = createBareAnswers()
  const app: App = Fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy,
    bodyLimit: MIB,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { shouldUpgradeCallback: shouldUpgrade, requireHostHeader: false },
    genReqId: (request) => requestId(request.headers['x-request-id']) ?? ids.id(),
    requestIdHeader: false,
    return503OnClosing: false,
    clientErrorHandler: bare.clientError,
    frameworkErrors: (error, request, reply) => {
      void answerError(error, request, reply)
    },
  })
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  app.setSerializerCompiler(deps.checkAnswers === true ? checkedJson : plainJson)

  const identities = createIdentities({ library, clock: wallClock, ids })
  const heartbeat = deps.heartbeatMs === undefined ? {} : { heartbeatMs: deps.heartbeatMs }
  const streams = { jobs, lastChangeId: () => store.lastChangeId(), ...heartbeat }
  const seen = createMaskedJobs(jobs, deps.work)
  const feed = createFeed({ ...streams, jobs: seen, inbox, epoch: deps.feedEpoch })
  const inspector = createInspector({
    ...streams,
    definition: async (process, version) => (await library.version(process, version))?.definition,
  })

  registerErrors(app)
  registerJsonBody(app)
  registerLog(app)
  registerMetrics(app, deps.metrics)
  bare.register(app, await registerHeaders(app))
  registerCapacity(app, deps.mostAtOnce ?? MOST_AT_ONCE)
  registerAuthorisation(app, identities, createSignInGuard(wallClock))
  await registerLimits(app, { perMinute: config.rateLimit, loopDelay: config.loopDelay })
  registerSentBytes(app, config.sentPerDay, () => wallClock.now())
  await registerOpenApi(app)
  await registerWebSocket(app, () => inspector.close())

  const check = createCheck(library)
  const watch = createDraftWatch(wallClock)
  const notice = (process: string) => draftNotice(library, process)
  const draftFeed = createDraftFeed({ watch, notice, ...heartbeat })
  const now = () => clock.now()
  const newId = () => ids.id()
  const { reviews } = store
  const findings = createFindings({ store, jobs, library, now, newId })
  const privateAddresses = config.privateWebhooks === true
  const sender = createSender({ privateAddresses })
  const wallNow = () => wallClock.now()
  const record = createRecorder(deps.audit, wallNow)
  const webhooks = auditedWebhooks(store.webhooks, record)
  const deliveries = createDeliveries({
    store: {
      changes: (after, limit) => store.changes(after, limit),
      lastChangeId: () => store.lastChangeId(),
      webhooks,
    },
    ...{ library, sender, ids, now: wallNow, log: deps.logger },
  })
  app.addHook('onReady', deliveries.start)
  app.addHook('onClose', deliveries.stop)
  const drawn = createDrawn(library, deps.drawings)
  const changed = (process: string): void => {
    watch.changed(process)
    drawn.ahead(process)
    deliveries.published()
    checkAhead()
  }
  const processRuns = createProcessRuns({ library, check, now })
  const scenarios = createScenarios({ library, check, now })
  const checkAhead = (): void => {
    scenarios.ahead().catch((err: unknown) => deps.logger.warn({ err }, 'scenarios not checked ahead'))
  }
  app.addHook('onListen', async () => checkAhead())
  const processes = createProcessLibrary({
    library,
    jobs,
    clock,
    check,
    findings,
    scenarios: processRuns,
    changed,
  })
  const rerun = createRerun({ store, library, check })
  app.addHook('onClose', rerun.end)
  const clockControl = createClockControl({
    clock,
    timers: deps.timers,
    save: (now) => library.saveManualClock(now),
    timeZone: async () => (await library.settings()).value.timeZone,
  })
  sessionRoutes(app, { identities, setUp, guard: createSignInGuard(wallClock) })
  jobRoutes(app, seen, evidence)
  jobHandRoutes(app, seen)
  deskRoutes(app, {
    batch: createBatch(seen, store),
    board: createBoard({ store, library }),
    sheet: createJobSheet({ store, library }),
    views: createViews({ store, ids }),
  })
  migrationRoutes(app, deps.migrations)
  lifeRoutes(app, createLife({ store, library, now: () => clock.now() }))
  dispatchRoutes(app, createDispatch({ store, library, jobs, now: () => clock.now() }))
  await evidenceRoutes(app, seen, evidence)
  changeRoutes(app, { jobs: seen, feed, identities })
  inboxRoutes(app, inbox)
  deadLetterRoutes(app, createDeadLetters({ store, outbox: deps.outbox, now: clock.now }))
  inspectRoutes(app, { jobs, inspector, identities })
  processRoutes(app, processes)
  exchangeRoutes(app, createExchange(processes, deps.pictures))
  draftRoutes(app, {
    processes,
    impact: createImpact({ library, jobs, check }),
    watch,
    feed: draftFeed,
    identities,
  })
  const training = createTraining({
    store,
    library,
    scenario: scenarios.kept,
    ids,
    now,
    wallNow: () => wallClock.now(),
    log: deps.logger,
    told: inbox.told,
  })
  attemptRoutes(app, training.attempts)
  scenarioRoutes(app, scenarios, processRuns)
  assignmentRoutes(app, training.assignments)
  trainingResultRoutes(app, training.results)
  app.addHook('onClose', training.tending.stop)
  const trainingFeed = createTrainingFeed({ bell: training.bell, ...heartbeat })
  trainingSessionRoutes(app, { training, feed: trainingFeed, identities })
  rerunRoutes(app, rerun)
  jobScenarioRoutes(app, jobs, createFromJob({ store, library }))
  drawingRoutes(app, drawn)
  approvalRoutes(app, createApprovals({ library, clock, changed: watch.changed }))
  normRoutes(app, createNorms(library))
  reviewRoutes(app, createReviews({ reviews, jobs, library, now }))
  workLogRoutes(app, createWorkLog({ store, jobs, library, now }))
  surveyRoutes(app, createSurveys({ reviews, library, now, newId }))
  findingRoutes(app, findings)
  const people = createPeople({
    library,
    clock: wallClock,
    jobClock: clock,
    ids,
    changed: identities.changed,
  })
  peopleRoutes(app, people)
  const { oidc } = config
  // Loaded only where there is a provider: it is no small part of a start.
  const signIn =
    oidc &&
    (await import('./access/oidc.ts')).createOidc({
      ...{ config: oidc, clock: wallClock, ids, log: deps.logger, meet: people.meet },
    })
  providerSignInRoutes(app, { identities, oidc: signIn })
  clockRoutes(app, {
    ...clockControl,
    move: async (to) => {
      const moved = await clockControl.move(to)
      await training.tending.tend()
      await deps.retention.tend()
      return moved
    },
  })
  settingsRoutes(app, createSettings(library))
  auditRoutes(app, deps.audit, wallNow)
  const onCommitted = deps.work.onCommitted.bind(deps.work)
  app.addHook('onClose', onCommitted(deliveries.committed))
  webhookRoutes(
    app,
    createWebhooks({
      ...{ store: webhooks, library, deliveries, sender, ids, privateAddresses },
      now: wallNow,
    }),
  )
  guideRoutes(app, createGuide({ store, library, onCommitted, log: deps.logger }))
  const { told } = inbox
  const openScratch = createMemoryStore
  const sampleDay = createSampleDay({ work: deps.work, evidence, openScratch, told, log: deps.logger })
  sampleRoutes(app, auditedSample(sampleDay, record))
  privacyRoutes(app, createPrivacy({ work: deps.work, evidence, record }), deps.retention)
  problemRoutes(app)
  healthRoutes(app, {
    probe: async () => {
      const { trouble } = store.health
      if (trouble !== undefined) throw new StorageFailing(trouble)
      await Promise.all([store.lastChangeId(), library.settings()])
    },
    metrics: deps.metrics,
  })
  await registerPages(app, deps.pages)

  registerWorkMetrics(deps.metrics, {
    work: deps.work,
    store,
    now,
    streams: {
      changes: feed.open,
      drafts: draftFeed.open,
      training: trainingFeed.open,
      inspection: inspector.open,
    },
  })

  // Open streams would hold up the stop for as long as their readers like.
  app.addHook('preClose', async () => {
    feed.close()
    draftFeed.close()
    trainingFeed.close()
    // What was sent before but is not read yet finds its connection still there, and is told that this is the end.
    if (app.server.listening) await pause(LAST_REQUESTS_MS)
  })
  return app
}

/** A caller's own id is kept where it is harmless in a log. */
function requestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[A-Za-z0-9_.:-]{1,100}$/.test(header) ? header : undefined
}

/** One line a request, without its query: that can hold a customer's name. Reads only in detail. */
function registerLog(app: App): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const line = {
      method: request.method,
      path: request.url.split('?', 1)[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(request.identity === undefined ? {} : { person: request.identity.person.id }),
    }
    if (reply.statusCode >= 500) request.log.error(line, 'request')
    else if (request.method === 'GET' || request.method === 'HEAD') request.log.debug(line, 'request')
    else request.log.info(line, 'request')
    done()
  })
}

const plainJson: FastifySerializerCompiler<TSchema> = () => (data) => JSON.stringify(data)
/** An answer that its own schema does not describe would make OpenAPI lie. */
const checkedJson: FastifySerializerCompiler<TSchema> = ({ schema, url, method }) => {
  const shape = Compile(schema)
  return (data) => {
    const text = JSON.stringify(data)
    const sent: unknown = JSON.parse(text)
    if (!shape.Check(sent))
      throw new Error(
        `${method} ${url} answers what its schema does not describe: ${JSON.stringify(shape.Errors(sent))}`,
      )
    return text
  }
}
