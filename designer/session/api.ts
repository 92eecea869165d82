/**
 * The pages' way to the server: JSON over `/api`, errors as problem details.
 *
 * Promises: every failure is an `ApiError`, whatever went wrong, with words in both languages where the server gave them.
 * Must not: keep state, or know React. The shapes of answers are those of `machines/wire`; server and pages ship together.
 */
import type { Reason } from '../../machines/advance/job.ts'
import type { Text } from '../../machines/definition/schema.ts'
import type {
  ApprovalRule,
  ApprovalSetting,
  DraftApprovals,
  DraftImpact,
  DraftState,
  GiveApproval,
  Presence,
  PresentList,
} from '../../machines/wire/drafts.ts'
import type { DrawingView } from '../../machines/wire/drawing.ts'
import type { ImportedDraft, ImportPreview } from '../../machines/wire/exchange.ts'
import type {
  DeadLetters,
  InboxPage,
  MarkAll,
  NoticeKind,
  Resent,
  UnreadView,
} from '../../machines/wire/inbox.ts'
import type { JobDetail, Outcome } from '../../machines/wire/jobs.ts'
import type { NormReport, ReportJobs, ReportOutcome, VersionLife } from '../../machines/wire/life.ts'
import type {
  MigrationDetail,
  MigrationView,
  MovedJobs,
  StartMigration,
} from '../../machines/wire/migrations.ts'
import type { Me, PersonView, SignInWays } from '../../machines/wire/people.ts'
import type {
  CreateProcess,
  DraftView,
  ProcessList,
  ProcessSummary,
  PublishDraft,
  SaveDraft,
  VersionList,
  VersionView,
} from '../../machines/wire/processes.ts'
import type { ClockView, HistoryPage, SettingsView } from '../../machines/wire/server.ts'

/** `network`, `timeout` and `unreadable` come from here, all other codes from the server. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly title: Text | undefined
  readonly detail: Text | undefined
  readonly reasons: Reason[]
  constructor(
    code: string,
    status: number,
    words: { title?: Text | undefined; detail?: Text | undefined; reasons?: Reason[] } = {},
  ) {
    super(words.title?.en ?? code)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.title = words.title
    this.detail = words.detail
    this.reasons = words.reasons ?? []
  }
}

const TIMEOUT_MS = 20_000

type Request = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** How long an answer may take. */
  patience?: number
}

async function send(path: string, request: Request): Promise<Response> {
  const timeout = AbortSignal.timeout(request.patience ?? TIMEOUT_MS)
  const signal = request.signal === undefined ? timeout : AbortSignal.any([request.signal, timeout])
  // The browser itself says how a form with files is put together.
  const form = request.body instanceof FormData ? request.body : undefined
  const isJson = request.body !== undefined && form === undefined
  const json = isJson ? { 'content-type': 'application/json' } : {}
  try {
    return await fetch(path, {
      method: request.method ?? 'GET',
      headers: { accept: 'application/json', ...json, ...request.headers },
      credentials: 'same-origin',
      signal,
      ...(request.body === undefined ? {} : { body: form ?? JSON.stringify(request.body) }),
    })
  } catch (error) {
    if (request.signal?.aborted === true) throw error
    throw new ApiError(timeout.aborted ? 'timeout' : 'network', 0)
  }
}

/** Sends, and reads the answer as `T`; `undefined` for an answer without a body. Throws `ApiError`. */
export async function ask<T>(path: string, request: Request = {}): Promise<T> {
  const response = await send(path, request)
  if (!response.ok) throw await problemOf(response)
  try {
    const body: T = response.status === 204 ? undefined : await response.json()
    return body
  } catch {
    throw new ApiError('unreadable', response.status)
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const isWords = (value: unknown): value is Text => isRecord(value) && typeof value.en === 'string'
const isReason = (value: unknown): value is Reason => isRecord(value) && isWords(value.message)

/** What a refusing answer says. */
export async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined)
  if (!isRecord(body) || typeof body.code !== 'string') return new ApiError('unreadable', response.status)
  const plain = typeof body.detail === 'string' ? { en: body.detail } : undefined
  const reasons = Array.isArray(body.reasons) ? body.reasons.filter(isReason) : []
  // A file's problems come twice: in our words, and by their place for programs.
  const said = new Set(reasons.map(({ message }) => message.en))
  const places = Array.isArray(body.errors) ? body.errors.flatMap(wrongPlace) : []
  return new ApiError(body.code, response.status, {
    title: isWords(body.titles)
      ? body.titles
      : typeof body.title === 'string'
        ? { en: body.title }
        : undefined,
    detail: isWords(body.details) ? body.details : plain,
    reasons: [...reasons, ...places.filter(({ message }) => !said.has(message.en))],
  })
}

/** An entry of `errors` that has words for people. */
function wrongPlace(error: unknown): Reason[] {
  if (!isRecord(error)) return []
  const words = isWords(error.message) ? error.message : error.messages
  if (!isWords(words)) return []
  const { en = '', zh = en } = words
  const pointer = typeof error.pointer === 'string' ? { pointer: error.pointer } : {}
  return [{ code: 'wrong-place', message: { en, zh }, ...pointer }]
}

/** What is done to a job by hand; the last part of its address, and its body. */
export type Hand = {
  way: 'move' | 'suspend' | 'resume' | 'reassign' | 'cancel'
  body: Record<string, unknown>
}

export type ReportFilter = {
  norm?: string
  process?: string
  engineer?: string
  customer?: string
  from?: string
  to?: string
}

/** Where the norm report is had as a file. */
export const sheetAddress = (filter: ReportFilter, by: string, language: 'en' | 'zh'): string =>
  `/api/norm-report/sheet${query({ ...filter, by, language })}`

export function query(parameters: Record<string, string | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) search.set(name, value)
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
const segment = encodeURIComponent

export const api = {
  me: (signal?: AbortSignal) => ask<Me>('/api/me', withSignal(signal)),
  signIn: (token: string) => ask<unknown>('/api/sign-in', { method: 'POST', body: { token } }),
  signInWays: (signal: AbortSignal) => ask<SignInWays>('/api/sign-in', { signal }),
  signOut: () => ask<unknown>('/api/sign-out', { method: 'POST' }),
  setUp: (token: string, name: string) =>
    ask<{ token?: string }>('/api/setup', { method: 'POST', body: { token, name } }),
  clock: (signal?: AbortSignal) => ask<ClockView>('/api/clock', withSignal(signal)),
  processes: (signal?: AbortSignal) => ask<ProcessList>('/api/processes', withSignal(signal)),
  versions: (process: string, signal?: AbortSignal) =>
    ask<VersionList>(`/api/processes/${segment(process)}/versions`, withSignal(signal)),
  version: (process: string, version: number, signal?: AbortSignal) =>
    ask<VersionView>(`/api/processes/${segment(process)}/versions/${version}`, withSignal(signal)),
  /** A version with its jobs and times, in the days of the organisation. */
  life: (process: string, version: number, days: { from?: string; to?: string }, signal?: AbortSignal) =>
    ask<VersionLife>(
      `/api/processes/${segment(process)}/life${query({ ...days, version: String(version) })}`,
      withSignal(signal),
    ),
  normReport: (filter: ReportFilter, by: string, signal?: AbortSignal) =>
    ask<NormReport>(`/api/norm-report${query({ ...filter, by, limit: '200' })}`, withSignal(signal)),
  normJobs: (
    filter: ReportFilter & { outcome: ReportOutcome },
    cursor: string | undefined,
    signal?: AbortSignal,
  ) =>
    ask<ReportJobs>(`/api/norm-report/jobs${query({ ...filter, limit: '50', cursor })}`, withSignal(signal)),
  draft: (process: string, signal?: AbortSignal) =>
    ask<DraftView>(`/api/processes/${segment(process)}/draft`, withSignal(signal)),
  /** Where the states of the draft, else of the latest version, may stand; undefined where its owner placed them. */
  drawing: (process: string, language: 'en' | 'zh', signal?: AbortSignal) =>
    ask<DrawingView | undefined>(
      `/api/processes/${segment(process)}/drawing${query({ language })}`,
      withSignal(signal),
    ),
  /** `expected`: the revision read, 0 where there was no draft. Another's save in between is answered 412. */
  saveDraft: (process: string, expected: number, draft: SaveDraft) =>
    ask<DraftView>(`/api/processes/${segment(process)}/draft`, {
      method: 'PUT',
      body: draft,
      headers: expected === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${expected}"` },
    }),
  publish: (process: string, revision: number, said: PublishDraft) =>
    ask<VersionView>(`/api/processes/${segment(process)}/draft/publish`, {
      method: 'POST',
      body: said,
      headers: { 'if-match': `"${revision}"` },
    }),
  /** What publishing the draft would mean for running jobs. */
  impact: (process: string, signal?: AbortSignal) =>
    ask<DraftImpact>(`/api/processes/${segment(process)}/draft/impact`, {
      method: 'POST',
      ...withSignal(signal),
    }),
  /** Says that one is in the draft, and who else is. */
  presence: (process: string, presence: Presence, signal?: AbortSignal) =>
    ask<PresentList>(`/api/processes/${segment(process)}/draft/presence`, {
      method: 'POST',
      body: presence,
      ...withSignal(signal),
    }),
  /** Who is in the draft and how it stands, once. */
  draftState: (process: string, signal?: AbortSignal) =>
    ask<DraftState>(`/api/processes/${segment(process)}/draft/events`, withSignal(signal)),
  approvals: (process: string, signal?: AbortSignal) =>
    ask<DraftApprovals>(`/api/processes/${segment(process)}/draft/approvals`, withSignal(signal)),
  /** `revision`: of the draft that was read. */
  approve: (process: string, revision: number, said: GiveApproval) =>
    ask<DraftApprovals>(`/api/processes/${segment(process)}/draft/approvals`, {
      method: 'POST',
      body: said,
      headers: { 'if-match': `"${revision}"` },
    }),
  approvalRule: (process: string, signal?: AbortSignal) =>
    ask<ApprovalSetting>(`/api/processes/${segment(process)}/approval-rule`, withSignal(signal)),
  /** `revision`: of the setting that was read. A rule in force is first asked about. */
  setApprovalRule: (process: string, revision: number, rule: ApprovalRule) =>
    ask<ApprovalSetting>(`/api/processes/${segment(process)}/approval-rule`, {
      method: 'PUT',
      body: { rule },
      headers: { 'if-match': `"${revision}"` },
    }),
  approveRule: (process: string, revision: number, said: GiveApproval) =>
    ask<ApprovalSetting>(`/api/processes/${segment(process)}/approval-rule/approvals`, {
      method: 'POST',
      body: said,
      headers: { 'if-match': `"${revision}"` },
    }),
  archive: (process: string, archived: boolean) =>
    ask<ProcessSummary>(`/api/processes/${segment(process)}/archived`, { method: 'PUT', body: { archived } }),
  /** What would come of a file; nothing is kept. */
  previewImport: (text: string, format: string, signal?: AbortSignal) =>
    ask<ImportPreview>(`/api/processes/import?dryRun=true&format=${segment(format)}`, {
      method: 'POST',
      body: { text },
      ...withSignal(signal),
    }),
  importProcess: (text: string, format: string, id: string) =>
    ask<ImportedDraft>(`/api/processes/import?format=${segment(format)}`, {
      method: 'POST',
      body: { text, id },
    }),
  people: (signal?: AbortSignal) => ask<{ people: PersonView[] }>('/api/people', withSignal(signal)),
  createProcess: (body: CreateProcess) => ask<DraftView>('/api/processes', { method: 'POST', body }),
  settings: (signal?: AbortSignal) => ask<SettingsView>('/api/settings', withSignal(signal)),
  inbox: (
    filter: { kind?: NoticeKind; unread?: boolean },
    cursor: string | undefined,
    signal?: AbortSignal,
  ) =>
    ask<InboxPage>(
      `/api/inbox${query({
        kind: filter.kind,
        unread: filter.unread === true ? 'true' : undefined,
        limit: '50',
        cursor,
      })}`,
      withSignal(signal),
    ),
  unread: (signal?: AbortSignal) => ask<UnreadView>('/api/inbox/unread', withSignal(signal)),
  markNotices: (ids: string[], read: boolean) =>
    ask<UnreadView>('/api/inbox/read', { method: 'POST', body: { ids, read } }),
  markAllNotices: (body: MarkAll) => ask<UnreadView>('/api/inbox/read-all', { method: 'POST', body }),
  deadLetters: (signal?: AbortSignal) => ask<DeadLetters>('/api/dead-letters', withSignal(signal)),
  /** One, or all. */
  resend: (id: string | undefined) =>
    ask<Resent>(`/api/dead-letters/${id === undefined ? '' : `${segment(id)}/`}resend`, { method: 'POST' }),
  dropLetter: (id: string) => ask<unknown>(`/api/dead-letters/${segment(id)}`, { method: 'DELETE' }),
  job: (id: string, signal?: AbortSignal) => ask<JobDetail>(`/api/jobs/${segment(id)}`, withSignal(signal)),
  history: (id: string, after: number, signal?: AbortSignal) =>
    ask<HistoryPage>(
      `/api/jobs/${segment(id)}/history${query({ after: String(after), limit: '100' })}`,
      withSignal(signal),
    ),
  /** `seq`: what the sender has seen; another's event in between is answered 412. `key`: the same on a retry. */
  sendEvent: (
    id: string,
    event: { type: string; payload?: Record<string, unknown> },
    seq: number,
    key: string,
  ) =>
    ask<Outcome>(`/api/jobs/${segment(id)}/events`, {
      method: 'POST',
      body: event,
      headers: { 'if-match': `"${seq}"`, 'idempotency-key': key },
    }),
  /** With `dryRun` nothing is kept: what would come of it is told. */
  handleJob: (id: string, { way, body }: Hand, seq: number, dryRun: boolean) =>
    ask<Outcome>(`/api/jobs/${segment(id)}/${way}${dryRun ? '?dryRun=true' : ''}`, {
      method: 'POST',
      body,
      headers: { 'if-match': `"${seq}"` },
    }),
  startMove: (process: string, body: StartMigration, dryRun: boolean) =>
    ask<MigrationDetail>(`/api/processes/${segment(process)}/migrations${dryRun ? '?dryRun=true' : ''}`, {
      method: 'POST',
      body,
    }),
  moves: (process: string, signal?: AbortSignal) =>
    ask<{ migrations: MigrationView[] }>(`/api/processes/${segment(process)}/migrations`, withSignal(signal)),
  moveRun: (process: string, run: string, signal?: AbortSignal) =>
    ask<MigrationDetail>(`/api/processes/${segment(process)}/migrations/${segment(run)}`, withSignal(signal)),
  movedJobs: (
    process: string,
    run: string,
    filter: { outcome: string | undefined; state: string | undefined },
    after: string | undefined,
    signal?: AbortSignal,
  ) =>
    ask<MovedJobs>(
      `/api/processes/${segment(process)}/migrations/${segment(run)}/jobs${query({ ...filter, after, limit: '50' })}`,
      withSignal(signal),
    ),
  /** Stops a run, or goes on with one that was stopped. */
  carryMove: (process: string, run: string, how: 'stop' | 'resume') =>
    ask<MigrationDetail>(`/api/processes/${segment(process)}/migrations/${segment(run)}/${how}`, {
      method: 'POST',
    }),
}

const withSignal = (signal: AbortSignal | undefined): Request => (signal === undefined ? {} : { signal })
