/**
 * Site safety: the permit under which work on a construction site or plant goes on.
 *
 * Promises: the job that asked for the permit hears when it opens, is suspended and closes; no gate of this process
 * opens without its certificate, its gear or its order of steps.
 */
import type { Definition } from '../../definition/schema.ts'
import { assign, cel, reportable, text } from '../author.ts'
import { certificates } from '../certificates.ts'
import { takeBackLocked } from '../locks.ts'
import { delays } from './delays.ts'
import { events } from './events.ts'
import { fields, settings } from './fields.ts'
import { briefing } from './preparation.ts'
import { open } from './site.ts'
import { tellParent } from './working.ts'

export const siteSafety: Definition = {
  id: 'site-safety',
  initial: 'briefing',
  entry: [takeBackLocked(fields.properties, ['workKinds'])],
  on: {
    'permit.revoke': {
      target: '.revoked',
      actions: [assign({ revokedBecause: cel('event.reason') })],
      meta: { norms: ['SS-26'], waivesChecklist: true },
    },
    cancel: {
      target: '.cancelled',
      actions: [assign({ cancelReason: cel('event.reason') })],
      meta: { waivesChecklist: true },
    },
  },
  states: {
    briefing,
    open,
    closed: {
      type: 'final',
      entry: [tellParent('permit.closed')],
      meta: { title: text('Closed', '已关闭') },
    },
    revoked: {
      type: 'final',
      tags: ['failed'],
      entry: [tellParent('permit.closed')],
      meta: { title: text('Revoked', '已吊销') },
    },
    cancelled: {
      type: 'final',
      tags: ['cancelled'],
      entry: [tellParent('permit.closed')],
      meta: { title: text('Cancelled', '已取消') },
    },
  },
  schemas: { context: fields, events },
  delays,
  meta: {
    title: text('Site safety', '现场安全'),
    description: text(
      'The permit for work on a site: who may work, with what, how long, and what stops it.',
      '现场作业安全许可：人员资质、设备护具、工时限制与停工条件。',
    ),
    reportable: reportable('site-safety'),
    certificates: certificates(
      'safety-training',
      'work-at-height',
      'machinery',
      'electrical',
      'dangerous-goods',
    ),
    settings,
    summary: ['site', 'title', 'customerName', 'engineer'],
    assignee: 'engineer',
    region: 'region',
  },
}
