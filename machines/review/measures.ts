/**
 * The measures of a review, and what they propose (GN-13, GN-25).
 *
 * Promises: sums in, numbers out; the order in which jobs or sums come changes nothing. What the rule proposes is
 * said with its reasons; a person decides.
 * Must not: know a store or a clock, or name a person.
 */
import type { Certificate } from '../advance/job.ts'
import type { WorkKind } from './facts.ts'

/** `n` facts of a kind on jobs of a process, `sum` of their values. */
export type WorkSum = { person: string; process: string; kind: WorkKind; n: number; sum: number }
/** 1 to 5 each. */
type SurveyScores = { quality: number; speed: number; attitude: number }

export type Measures = {
  jobs: { done: number; cancelled: number }
  /** `rework`: checks failed and work rejected. */
  quality: { rework: number; complaints: number; qualityComplaints: number }
  /** `share` of the deadlines kept, `meanMs` of a job, `pace`: his time against all colleagues' on the same processes (1: the same). */
  efficiency: { kept: number; late: number; share?: number; meanMs?: number; pace?: number }
  teamwork: { helped: number; tookOver: number; handedOver: number }
  satisfaction: { ratings: number; mean?: number; low: number; surveys: number; surveyMean?: number }
  skills: { valid: number; expiring: number; expired: number }
  breaches: { minor: number; major: number; critical: number }
}

export const FOLLOWS = ['reward', 'none', 'coaching', 'strict'] as const
export type Follow = (typeof FOLLOWS)[number]
export const PROPOSAL_REASONS = [
  'critical-breach',
  'deadlines-missed',
  'dissatisfied',
  'poor-quality',
  'major-breaches',
  'certificate-expired',
  'excellent',
  'too-little',
  'in-order',
] as const
type ProposalReason = (typeof PROPOSAL_REASONS)[number]
export type Proposal = { follow: Follow; reasons: ProposalReason[] }

/** What counts as weak and as excellent; `docs/reviews.md` says the same in words. */
const LIMITS = {
  /** Fewer say nothing. */
  deadlines: 5,
  opinions: 3,
  jobs: 5,
  weak: { share: 0.85, mean: 3.5, faults: 0.1, major: 3 },
  excellent: { jobs: 10, share: 0.95, mean: 4.5 },
  expiringDays: 30,
} as const
const DAY_MS = 24 * 3600 * 1000

const hundredths = (value: number): number => Math.round(value * 100) / 100
const share = (part: number, of: number): number => Math.round((part / of) * 1000) / 1000

type Given = {
  /** Of the person. */
  sums: readonly WorkSum[]
  /** Jobs done of everybody: what his pace is held against. */
  all: readonly WorkSum[]
  surveys: readonly SurveyScores[]
  certificates: readonly Certificate[]
  /** The moment that certificates are looked at: ISO 8601. */
  at: string
}

export function measuresOf({ sums, all, surveys, certificates, at }: Given): Measures {
  const n = (kind: WorkKind): number => total(sums, kind, 'n')
  const [kept, late, ratings] = [n('kept'), n('late'), n('rating')]
  const pace = paceOf(sums, all)
  const opinions = surveys.map(({ quality, speed, attitude }) => quality + speed + attitude)
  return {
    jobs: { done: n('done'), cancelled: n('cancelled') },
    quality: { rework: n('rework'), complaints: n('complaint'), qualityComplaints: n('qualityComplaint') },
    efficiency: {
      kept,
      late,
      ...(kept + late === 0 ? {} : { share: share(kept, kept + late) }),
      ...(n('done') === 0 ? {} : { meanMs: Math.round(total(sums, 'done', 'sum') / n('done')) }),
      ...(pace === undefined ? {} : { pace }),
    },
    teamwork: { helped: n('helped'), tookOver: n('tookOver'), handedOver: n('handedOver') },
    satisfaction: {
      ratings,
      ...(ratings === 0 ? {} : { mean: hundredths(total(sums, 'rating', 'sum') / ratings) }),
      low: n('lowRating'),
      surveys: surveys.length,
      ...(surveys.length === 0 ? {} : { surveyMean: hundredths(add(opinions) / (3 * surveys.length)) }),
    },
    skills: skillsOf(certificates, at),
    breaches: { minor: n('minor'), major: n('major'), critical: n('critical') },
  }
}

const add = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)
const total = (sums: readonly WorkSum[], kind: WorkKind, of: 'n' | 'sum'): number =>
  add(sums.map((sum) => (sum.kind === kind ? sum[of] : 0)))

/** His time on jobs done, by the time that everybody together would have taken for as many of the same processes. */
function paceOf(sums: readonly WorkSum[], all: readonly WorkSum[]): number | undefined {
  const done = sums.filter(({ kind, n }) => kind === 'done' && n > 0)
  const processes = [...new Set(done.map(({ process }) => process))].sort()
  const expected = processes.map((process) => {
    const of = (list: readonly WorkSum[], what: 'n' | 'sum') =>
      total(
        list.filter((sum) => sum.process === process),
        'done',
        what,
      )
    return (of(done, 'n') * of(all, 'sum')) / Math.max(1, of(all, 'n'))
  })
  return add(expected) === 0 ? undefined : hundredths(total(done, 'done', 'sum') / add(expected))
}

/** `expiring`: of the valid ones. Of one kind the one that lasts longest counts. */
function skillsOf(certificates: readonly Certificate[], at: string): Measures['skills'] {
  const now = Date.parse(at)
  const until = new Map<string, number>()
  for (const { kind, validFrom, validUntil } of certificates)
    if (Date.parse(validFrom) <= now)
      until.set(kind, Math.max(until.get(kind) ?? Number.NEGATIVE_INFINITY, Date.parse(validUntil)))
  const ends = [...until.values()]
  return {
    valid: ends.filter((end) => end > now).length,
    expiring: ends.filter((end) => end > now && end <= now + LIMITS.expiringDays * DAY_MS).length,
    expired: ends.filter((end) => end <= now).length,
  }
}

/** A grave case: strict handling. A weak one: coaching and training. The best: a reward (GN-25). */
export function propose(measures: Measures): Proposal {
  if (measures.breaches.critical > 0) return { follow: 'strict', reasons: ['critical-breach'] }
  const weak = weaknesses(measures)
  if (weak.length > 0) return { follow: 'coaching', reasons: weak }
  const { jobs, quality, efficiency, breaches } = measures
  const mean = opinionOf(measures)
  const clean = quality.rework + quality.complaints + quality.qualityComplaints + breaches.major === 0
  const { excellent } = LIMITS
  if (
    clean &&
    jobs.done >= excellent.jobs &&
    (efficiency.share ?? 1) >= excellent.share &&
    mean !== undefined &&
    mean >= excellent.mean
  )
    return { follow: 'reward', reasons: ['excellent'] }
  return { follow: 'none', reasons: [jobs.done < LIMITS.jobs ? 'too-little' : 'in-order'] }
}

/** What customers think, where enough said so: ratings of jobs and surveys alike. */
function opinionOf({ satisfaction }: Measures): number | undefined {
  const { ratings, mean = 0, surveys, surveyMean = 0 } = satisfaction
  const opinions = ratings + surveys
  return opinions < LIMITS.opinions ? undefined : (mean * ratings + surveyMean * surveys) / opinions
}

function weaknesses(measures: Measures): ProposalReason[] {
  const { jobs, quality, efficiency, skills, breaches } = measures
  const { weak } = LIMITS
  const mean = opinionOf(measures)
  const faults = quality.rework + quality.qualityComplaints
  const found: [boolean, ProposalReason][] = [
    [
      efficiency.kept + efficiency.late >= LIMITS.deadlines && (efficiency.share ?? 1) < weak.share,
      'deadlines-missed',
    ],
    [mean !== undefined && mean < weak.mean, 'dissatisfied'],
    [jobs.done >= LIMITS.jobs && faults / jobs.done > weak.faults, 'poor-quality'],
    [breaches.major >= weak.major, 'major-breaches'],
    [skills.expired > 0, 'certificate-expired'],
  ]
  return found.flatMap(([holds, reason]) => (holds ? [reason] : []))
}

/** Milder than the rule proposes: has to be accounted for. */
export const isMilder = (follow: Follow, proposed: Follow): boolean =>
  FOLLOWS.indexOf(follow) < FOLLOWS.indexOf(proposed) && (proposed === 'coaching' || proposed === 'strict')
