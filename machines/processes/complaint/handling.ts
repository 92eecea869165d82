/**
 * A complaint while an answer is owed: one clock over all of it (GN-07), quality analysed before a decision (GN-08).
 */
import type { Action, StateNode, Transition } from '../../definition/schema.ts'
import { assign, breach, cel, notify, remind, text, toField, toRole } from '../author.ts'
import { optional } from '../customer-file.ts'

/** GN-08: there is no staying where a decision is made or told while quality is in question and not analysed. */
const toAnalysis: Transition = {
  target: 'qualityAnalysis',
  guard: cel('job.quality && !has(job.qualityCause)'),
  meta: { norms: ['GN-08'] },
}
const refer: Transition = {
  target: 'qualityAnalysis',
  actions: [assign({ quality: true })],
  meta: { norms: ['GN-08'] },
}

const handler: Action = assign({
  handler: cel('event.handler'),
  handoverReason: cel('event.reason'),
})
const decide: Transition = {
  target: '#complaint.open.decided',
  actions: [
    assign({
      decision: cel('event.decision'),
      decisionText: cel('event.decisionText'),
      remedy: optional('event.remedy'),
    }),
  ],
}

const recorded: StateNode = {
  meta: { title: text('Recorded', '已登记'), norms: ['GN-07'] },
  on: {
    'complaint.take': { target: 'examining', actions: [assign({ handler: cel('actor.id') })] },
    'complaint.assign': { target: 'examining', actions: [handler], meta: { norms: ['GN-05'] } },
  },
}

const examining: StateNode = {
  meta: { title: text('Examining', '调查中') },
  always: toAnalysis,
  on: {
    'finding.record': { actions: [assign({ finding: cel('event.finding') })] },
    'quality.refer': refer,
    'complaint.decide': decide,
  },
}

const qualityAnalysis: StateNode = {
  meta: { title: text('With the quality department', '质量部分析中'), norms: ['GN-08'] },
  entry: [
    notify(
      [toRole('process-owner'), toRole('auditor')],
      text('A complaint about quality waits for analysis.', '有质量投诉待分析。'),
      'GN-08',
    ),
  ],
  on: {
    'finding.record': { actions: [assign({ finding: cel('event.finding') })] },
    'quality.analysed': {
      target: 'examining',
      actions: [assign({ qualityCause: cel('event.cause'), qualityCorrection: cel('event.correction') })],
      meta: { norms: ['GN-08'] },
    },
  },
}

const decided: StateNode = {
  meta: { title: text('Decided, to be answered', '已决定，待答复客户'), norms: ['GN-07'] },
  always: toAnalysis,
  on: {
    'quality.refer': refer,
    'complaint.decide': decide,
    'answer.give': {
      target: '#complaint.answered',
      actions: [assign({ channel: cel('event.channel') })],
    },
  },
}

export const open: StateNode = {
  initial: 'recorded',
  meta: { title: text('Answer owed', '待答复'), norms: ['GN-07'] },
  after: {
    answerReminder: {
      actions: [
        remind(
          [toField('handler'), toRole('dispatcher')],
          text('A complaint must be answered soon.', '投诉即将到答复时限。'),
          'GN-07',
        ),
      ],
    },
    answerDue: {
      actions: [
        breach('GN-07'),
        notify(
          [toRole('process-owner'), toRole('dispatcher')],
          text('A complaint was not answered in time.', '投诉未在时限内答复。'),
          'GN-07',
        ),
      ],
      meta: { norms: ['GN-07'] },
    },
  },
  on: { 'complaint.assign': { actions: [handler], meta: { norms: ['GN-05'] } } },
  states: { recorded, examining, qualityAnalysis, decided },
}
