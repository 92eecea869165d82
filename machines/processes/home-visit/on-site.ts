/**
 * At the customer's: the door, the permit of a construction site, damage done, the telephone; and the service itself,
 * which permit and damage interrupt and which goes on where it stood.
 *
 * Promises: on a construction site no work without an open permit and warning signs (HV-28); a suspended permit
 * suspends the work at once, whatever is still open on a checklist; damage is told and handled before anything else
 * (HV-52).
 */
import type { Action, Guard, StateNode, Transition } from '../../definition/schema.ts'
import { all, any, assign, cel, item, not, notify, remind, text, toField, toRole } from '../author.ts'
import { handOver } from '../customer-file.ts'
import { assessing, noTrouble, outOfScope } from './assessing.ts'
import { closing, finishing } from './closing.ts'
import { CLOSING, inState, permitMissing, STUCK } from './guards.ts'
import { repairing } from './repairing.ts'
import { solution } from './solution.ts'
import { handover, returning, stuck } from './stuck.ts'

/** A permit's titles are short. */
const inShort = (path: string): string => `(size(${path}) > 200 ? ${path}.substring(0, 200) : ${path})`

const isPurpose = (purpose: string): Guard => cel(`has(job.purpose) && job.purpose == '${purpose}'`)

/** Where a visit begins: handing over, going on with a signed plan, or from the start. */
const beginnings = (more: Pick<Transition, 'actions' | 'meta'>): Transition[] => [
  { target: '#handover', guard: isPurpose('handover'), ...more },
  { target: '#repairing', guard: all(isPurpose('further'), cel('job.solutionSigned')), ...more },
  { target: '#assessing', ...more },
]

const named = assign({ personInCharge: cel('event.personInCharge') })
const doorNorms = { norms: ['HV-12', 'HV-37', 'GN-15'] }

const arrival: StateNode = {
  meta: {
    title: text('At the door', '到达门口'),
    norms: ['HV-12'],
    checklist: [
      item('knocked', text('Knocked and waited for consent', '敲门并获准后进入'), ['HV-12']),
      item('introduced', text('Introduced with badge and purpose', '出示胸卡、说明来意'), ['HV-12']),
      item('phoneQuiet', text('Phone ringer low or off', '手机铃声调低或关闭'), ['HV-12']),
      item(
        'customerRules',
        text("The customer's rules and procedures heard and acknowledged", '已了解并承诺遵守客户方规章流程'),
        ['GN-15'],
      ),
    ],
  },
  on: {
    'visit.begin': [
      { target: 'permit', guard: cel('job.constructionSite'), actions: [named], meta: doorNorms },
      ...beginnings({ actions: [named], meta: doorNorms }),
    ],
    'nobody.present': {
      target: '#again',
      actions: [
        assign({ appointment: null }),
        notify(
          [toRole('dispatcher')],
          text('Nobody was there: agree a new time.', '客户不在，请重新约定时间。'),
        ),
      ],
      meta: { waivesChecklist: true },
    },
  },
}

/** Asks for a permit; its end comes back as `permit.ended`, its ups and downs as signals. */
const request: Action[] = [
  {
    type: 'startJob',
    params: {
      process: 'site-safety',
      link: 'permit',
      onEnd: 'permit.ended',
      fields: {
        site: cel(`has(job.customerAddress) ? ${inShort('job.customerAddress')} : 'home-visit'`),
        workKinds: cel('job.workKinds'),
        title: cel(inShort('job.problem')),
        ...handOver('customerName', 'region'),
      },
    },
  },
  assign({ permitStatus: 'requested' }),
]

const permit: StateNode = {
  id: 'permit',
  initial: 'looking',
  meta: { title: text('Site permit', '施工许可') },
  states: {
    looking: {
      meta: { title: text('Permit looked up', '查询许可') },
      always: [
        { target: 'securing', guard: cel("job.permitStatus == 'open'") },
        {
          target: 'waiting',
          guard: cel("job.permitStatus == 'none' || (job.permitStatus == 'closed' && !job.interrupted)"),
          actions: request,
        },
        { target: 'waiting' },
      ],
    },
    waiting: {
      meta: { title: text('Waiting for an open permit', '等待许可开放') },
      entry: [
        remind(
          [toField('engineer'), toRole('safety-officer')],
          text('No work on this site until the permit is open.', '许可开放前不得在现场作业。'),
        ),
      ],
      always: { target: 'securing', guard: cel("job.permitStatus == 'open'") },
      on: {
        /** Closed while work was still to be done: whether to ask anew is for people to say. */
        'permit.renew': {
          target: 'waiting',
          reenter: true,
          guard: cel("job.permitStatus == 'closed'"),
          actions: request,
        },
        /** The permit does not come today. */
        'spot.unrepairable': { target: '#stuck', meta: { norms: ['HV-24'] } },
      },
    },
    securing: {
      meta: {
        title: text('Securing the place of work', '布置现场防护'),
        norms: ['HV-28'],
        checklist: [
          item(
            'warningSigns',
            text('Warning signs stand where work is done', '作业处已设警示标志'),
            ['HV-28'],
            {
              evidence: 'photo',
            },
          ),
        ],
      },
      always: { target: 'waiting', guard: permitMissing, meta: { waivesChecklist: true } },
      on: {
        'site.secured': [
          { target: '#resume', guard: cel('job.interrupted'), meta: { norms: ['HV-28'] } },
          ...beginnings({ meta: { norms: ['HV-28'] } }),
        ],
      },
    },
  },
}

const damage: StateNode = {
  meta: {
    title: text('Damage being handled', '处理服务中造成的损坏'),
    norms: ['HV-52'],
    checklist: [
      item('damageTold', text('The customer was told at once', '已立即告知客户'), ['HV-52']),
      item(
        'damageAgreed',
        text('The handling is agreed with the customer', '处置办法已与客户商定'),
        ['HV-52'],
        {
          evidence: 'text',
        },
      ),
    ],
  },
  on: {
    'damage.handled': {
      target: '#resume',
      actions: [assign({ damageHandling: cel('event.handling') })],
      meta: { norms: ['HV-52'] },
    },
  },
}

const service: StateNode = {
  initial: 'assessing',
  meta: { title: text('Service', '服务中') },
  always: {
    target: 'permit',
    guard: all(permitMissing, not(any(inState(STUCK), inState(CLOSING)))),
    actions: [
      assign({ interrupted: true }),
      notify(
        [toField('engineer'), toRole('dispatcher')],
        text('Work suspended: the site permit is not open.', '施工许可未开放，作业已暂停。'),
      ),
    ],
    meta: { waivesChecklist: true },
  },
  on: {
    'construction.found': { actions: [assign({ constructionSite: true })], meta: { norms: ['HV-28'] } },
    'damage.report': {
      target: 'damage',
      actions: [
        assign({ damages: cel('job.damages + [event.what]') }),
        notify(
          [toRole('dispatcher')],
          text('Damage was done during service.', '服务过程中造成损坏。'),
          'HV-52',
        ),
      ],
      meta: { norms: ['HV-52'], waivesChecklist: true },
    },
  },
  states: {
    assessing,
    noTrouble,
    outOfScope,
    solution,
    repairing,
    stuck,
    returning,
    handover,
    finishing,
    closing,
    resume: {
      id: 'resume',
      type: 'history',
      history: 'deep',
      target: 'assessing',
      meta: { title: text('Where the work stood', '恢复原作业') },
    },
  },
}

/** HV-43, HV-44: the engineer's own telephone or the customer's, about the repair only, and by leave. */
const telephone: StateNode = {
  initial: 'silent',
  meta: { title: text('Telephone', '通话') },
  states: {
    silent: {
      meta: { title: text('Not telephoning', '未通话') },
      on: {
        'phone.ask': {
          target: 'asking',
          guard: cel('event.aboutRepair'),
          meta: { norms: ['HV-43', 'HV-44'] },
        },
      },
    },
    asking: {
      meta: {
        title: text('Asking for leave', '征求许可'),
        norms: ['HV-43', 'HV-44'],
        checklist: [
          item('phoneLeave', text('Leave given (by whom)', '已获许可（许可人）'), ['HV-43', 'HV-44'], {
            evidence: 'text',
            roles: ['engineer', 'customer'],
          }),
        ],
      },
      on: {
        'phone.begin': { target: 'calling', meta: { norms: ['HV-43', 'HV-44'] } },
        'phone.withdraw': { target: 'silent', meta: { waivesChecklist: true } },
      },
    },
    calling: {
      meta: { title: text('Telephoning', '通话中') },
      on: { 'phone.end': { target: 'silent' } },
    },
  },
}

export const onSite: StateNode = {
  id: 'onSite',
  type: 'parallel',
  meta: { title: text('At the customer', '上门服务') },
  states: {
    visit: {
      initial: 'arrival',
      meta: { title: text('Visit', '服务') },
      states: { arrival, permit, damage, service },
    },
    telephone,
  },
}
