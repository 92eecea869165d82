/**
 * What may be put on any job, whatever its state: notes, evidence, reports of a breach, complaints, ratings; and, once it is over,
 * that what was personal in it is gone.
 *
 * Promises: the machine does not move; the history does.
 */

import { plain } from '../compile/reasons.ts'
import { own } from '../definition/check-value.ts'
import { type Case, refuse } from './case.ts'
import { childJobId, iso } from './collect.ts'
import { conclude, type Happened } from './conclude.ts'
import type { Advanced, Command, Effect, Link } from './job.ts'
import { restore, still } from './run-machine.ts'

export type Annotation = Extract<
  Command,
  { kind: 'note' | 'attach' | 'reportBreach' | 'complain' | 'rate' | 'erase' }
>

export function annotate(at: Case, command: Annotation): Advanced {
  const { before, frame } = at
  const now = iso(frame.now)
  const by = frame.actor.id
  switch (command.kind) {
    case 'note':
      return put(at, {})
    case 'attach': {
      const { evidence, title } = command
      return put(at, {
        evidence: [...before.evidence, { at: now, by, evidence, ...(title === undefined ? {} : { title }) }],
      })
    }
    case 'rate': {
      const { score, comment } = command
      return put(at, { rating: { score, at: now, by, ...(comment === undefined ? {} : { comment }) } })
    }
    case 'reportBreach':
      return reportBreach(at, command)
    case 'complain':
      return complain(at, command)
    case 'erase':
      return before.status === 'active'
        ? refuse('not-allowed-here', [STILL_ACTIVE])
        : put(at, { erased: { at: now, by, seq: before.seq + 1 } })
  }
}

const STILL_ACTIVE = plain(
  'still-active',
  'The personal data of a job that still goes on is needed',
  '工单尚未结束，其个人信息仍需使用',
)

const put = (at: Case, extra: Happened['extra'] & object, met: readonly string[] = []): Advanced =>
  conclude(at, {
    run: still(restore(at.compiled, at.before.snapshot)),
    extra,
    met,
  })

function reportBreach(at: Case, command: Extract<Annotation, { kind: 'reportBreach' }>): Advanced {
  if (!(at.compiled.definition.meta.reportable ?? []).includes(command.norm))
    return refuse('norm-not-reportable', [
      plain(
        'norm-not-reportable',
        `${command.norm} is not a norm that can be reported on this process`,
        `${command.norm} 不是本流程可上报的规范`,
      ),
    ])
  const { norm, severity, note } = command
  return put(at, {
    breaches: [
      {
        norm,
        severity,
        at: iso(at.frame.now),
        reportedBy: at.frame.actor.id,
        ...(note === undefined ? {} : { note: { en: note, zh: note } }),
      },
    ],
  })
}

/** GN-07: a complaint is a job of its own, linked to the one complained about. */
function complain(at: Case, command: Extract<Annotation, { kind: 'complain' }>): Advanced {
  const { before, compiled } = at
  const id = `${before.id}.${before.seq + 1}.complaint`
  const job = childJobId(id)
  const process = compiled.definition.meta.complaint ?? 'complaint'
  const known = ['customerName', 'region'].flatMap((name) => {
    const value = own(before.snapshot.context.fields, name)
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  const effect: Effect = {
    id,
    type: 'startJob',
    process,
    link: 'complaint',
    job,
    fields: {
      text: command.text,
      quality: command.quality ?? false,
      aboutJob: before.id,
      aboutProcess: before.process,
      ...Object.fromEntries(known),
    },
  }
  const link: Link = { link: 'complaint', job, process, status: 'active' }
  return put(at, { effects: [effect], links: [...before.links, link] })
}
