/**
 * The open permit, four things at once: the work, the working time, discipline, and incidents.
 *
 * Promises: a hazard stops all work and lets it resume exactly where it stood (SS-06); after an emergency the site is
 * surveyed anew; working time runs on through every suspension (SS-08); a breach of the rules stays open until the
 * person in charge has dealt with it (SS-26).
 */
import type { Action, StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, breach, cel, item, notify, remind, text, toField, toRole } from '../author.ts'
import { allCalm, EMERGENCIES, incidents } from './incidents.ts'
import { permitting } from './permits.ts'
import { equipping, leaveEarly, surveying } from './preparation.ts'
import { gearing, resting, shuttingDown, working } from './working.ts'

const suspends = (actions: Action[]): Transition => ({
  target: '.suspended',
  actions,
  meta: { norms: ['SS-06'], waivesChecklist: true },
})

const work: StateNode = {
  initial: 'regular',
  meta: { title: text('Work', '作业') },
  on: {
    'hazard.find': suspends([]),
    ...Object.fromEntries(EMERGENCIES.map((event) => [event, suspends([assign({ recheck: true })])])),
  },
  states: {
    regular: {
      initial: 'surveying',
      meta: { title: text('In order', '正常作业流程') },
      states: {
        surveying,
        equipping,
        permitting,
        gearing,
        working,
        shuttingDown,
        resting,
        whereItStood: { type: 'history', history: 'deep', target: 'surveying' },
      },
    },
    suspended: {
      meta: {
        title: text('Suspended', '停工避险'),
        norms: ['SS-06'],
        checklist: [
          item('gearCheckedAgain', text('Gear checked before going back in', '复工前护具已复查'), ['SS-29']),
        ],
      },
      on: {
        'work.resume': [
          {
            target: 'regular.surveying',
            guard: all(allCalm, cel('job.recheck')),
            actions: [assign({ recheck: false })],
            meta: {
              title: text('Resume with a new survey', '重新勘察后复工'),
              norms: ['SS-11', 'SS-21', 'SS-22', 'SS-23', 'SS-25'],
            },
          },
          {
            target: 'regular.whereItStood',
            guard: allCalm,
            meta: { title: text('Resume where it stood', '从中断处复工'), norms: ['SS-06'] },
          },
        ],
        'day.end': { ...leaveEarly, guard: allCalm },
      },
    },
  },
}

const overtimeWithout = [
  breach('SS-08'),
  breach('GN-02'),
  notify(
    [toField('engineer'), toRole('safety-officer'), toRole('dispatcher')],
    text('Working time on a site is over: stop work.', '现场工时已满，请停止作业。'),
    'SS-08',
  ),
]

const duty: StateNode = {
  initial: 'counting',
  meta: { title: text('On duty', '当班') },
  on: {
    'break.start': [
      {
        guard: cel('settings.breaksCount'),
        actions: [assign({ pausedAt: null })],
        meta: { title: text('Start a break that counts', '开始休息（计入工时）'), norms: ['SS-08'] },
      },
      { target: 'onBreak', actions: [assign({ pausedAt: cel('now') })], meta: { norms: ['SS-08'] } },
    ],
    'break.end': { guard: cel('settings.breaksCount'), meta: { norms: ['SS-08'] } },
  },
  states: {
    counting: {
      meta: { title: text('Normal hours', '正常工时'), norms: ['SS-08'] },
      after: {
        dayNearlyFull: {
          actions: [
            remind(
              [toField('engineer'), toRole('safety-officer')],
              text(
                'The working day is full in 30 minutes: finish, or agree to overtime.',
                '距当日工时届满30分钟，请收工或事先同意加班。',
              ),
              'SS-08',
            ),
          ],
        },
        dayFull: [
          { target: 'overtime', guard: cel('job.overtimeAgreed'), meta: { norms: ['GN-02', 'SS-08'] } },
          { target: 'exceeded', actions: overtimeWithout, meta: { norms: ['GN-02', 'SS-08'] } },
        ],
      },
      on: {
        'overtime.agree': {
          /** By the engineer himself, and before the day is full. */
          guard: all(cel('actor.id == job.engineer'), cel('event.minutes <= settings.overtimeMinutes')),
          actions: [
            assign({
              overtimeAgreed: true,
              overtimeUntil: cel("plus(job.limitAt, 'PT' + string(event.minutes) + 'M')"),
            }),
          ],
          meta: { norms: ['GN-02', 'SS-08'] },
        },
      },
    },
    overtime: {
      meta: { title: text('Agreed overtime', '同意加班中'), norms: ['GN-02', 'SS-08'] },
      after: {
        overtimeFull: { target: 'exceeded', actions: overtimeWithout, meta: { norms: ['GN-02', 'SS-08'] } },
      },
    },
    exceeded: { meta: { title: text('Over the limit', '超时'), norms: ['SS-08'] } },
    asBefore: { type: 'history', history: 'shallow', target: 'counting' },
  },
}

const time: StateNode = {
  initial: 'off',
  meta: { title: text('Working time', '工时'), norms: ['SS-08'] },
  states: {
    off: {
      meta: { title: text('Off duty', '未当班') },
      always: {
        target: 'onDuty',
        guard: { type: 'stateIn', params: { state: 'open.work.regular.working' } },
        meta: { norms: ['SS-08'] },
      },
    },
    onDuty: {
      initial: 'duty',
      meta: { title: text("The day's work", '当日作业') },
      entry: [
        assign({
          shiftStartedAt: cel('now'),
          limitAt: cel('plus(now, settings.workingDay)'),
          overtimeAgreed: false,
          overtimeUntil: cel('plus(now, settings.workingDay)'),
          pausedAt: null,
        }),
      ],
      always: {
        target: 'off',
        guard: { type: 'stateIn', params: { state: 'open.work.regular.resting' } },
        meta: { norms: ['SS-08'] },
      },
      states: {
        duty,
        onBreak: {
          meta: { title: text('On a break', '休息') },
          on: {
            'break.end': {
              target: 'duty.asBefore',
              actions: [
                assign({
                  limitAt: cel('job.limitAt + (now - job.pausedAt)'),
                  overtimeUntil: cel('job.overtimeUntil + (now - job.pausedAt)'),
                  pausedAt: null,
                }),
              ],
              meta: { norms: ['SS-08'] },
            },
          },
        },
      },
    },
  },
}

const reportedViolation = [
  assign({ violation: cel('event.what'), openViolations: cel('job.openViolations + 1') }),
  notify(
    [toRole('safety-officer')],
    text('A breach of the safety rules is to be dealt with.', '有违规行为待处理。'),
    'SS-26',
  ),
]
const dealtWith = assign({
  decision: cel('event.decision'),
  decisionNote: cel('event.note'),
  openViolations: cel('job.openViolations - 1'),
})

const discipline: StateNode = {
  initial: 'clear',
  meta: { title: text('Discipline', '违规处理'), norms: ['SS-26'] },
  states: {
    clear: {
      meta: { title: text('Nothing open', '无待处理违规') },
      on: {
        'violation.report': { target: 'violated', actions: reportedViolation, meta: { norms: ['SS-26'] } },
      },
    },
    violated: {
      meta: { title: text('To be dealt with', '待负责人处理'), norms: ['SS-26'] },
      on: {
        'violation.report': { actions: reportedViolation, meta: { norms: ['SS-26'] } },
        'violation.handle': [
          { guard: cel('job.openViolations > 1'), actions: [dealtWith], meta: { norms: ['SS-26'] } },
          { target: 'clear', actions: [dealtWith], meta: { norms: ['SS-26'] } },
        ],
      },
    },
  },
}

export const open: StateNode = {
  type: 'parallel',
  meta: { title: text('On site', '现场') },
  on: {
    'worker.admit': {
      guard: all(
        { type: 'qualified', params: { certificate: 'safety-training', of: 'worker' } },
        cel('!(event.worker in job.crew)'),
      ),
      actions: [assign({ crew: cel('job.crew + [event.worker]') })],
      meta: { norms: ['SS-01'] },
    },
  },
  states: { work, time, discipline, incidents },
}
