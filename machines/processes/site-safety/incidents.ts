/**
 * What may go wrong on a site: six regions, so that a fire during a power cut is not forgotten when the power is back.
 *
 * Promises: each is over only by the steps of its norm, in their order, ended by the safety officer (a power cut by
 * whoever is on site); work stands still until all are (`suspended`).
 */
import type { Action, Guard, StateNode, Text, Transition } from '../../definition/schema.ts'
import { all, assign, cel, item, notify, text, toRole } from '../author.ts'

const alert = (message: Text, norm: string): Action =>
  notify([toRole('safety-officer'), toRole('dispatcher')], message, norm)
const calm: StateNode = { meta: { title: text('Calm', '正常') } }
const step = (target: string, norm: string, actions: Action[] = []): Transition => ({
  target,
  actions,
  meta: { norms: [norm] },
})
/** It may happen again before it is over: then it starts from the beginning. */
const happens = (target: string, norm: string, actions: Action[] = []): Transition => ({
  target,
  actions,
  meta: { norms: [norm], waivesChecklist: true },
})
const reported = assign({ reportedTo: cel('event.reportedTo') })
const measured = assign({ measures: cel('event.measures') })

const hazard: StateNode = {
  initial: 'calm',
  meta: { title: text('Hazard', '隐患'), norms: ['SS-06'] },
  on: { 'hazard.find': happens('.found', 'SS-06', [assign({ hazard: cel('event.what') })]) },
  states: {
    calm,
    found: {
      meta: {
        title: text('Found', '已发现'),
        norms: ['SS-06'],
        checklist: [
          item('hazardReported', text('Hazard reported: to whom', '隐患已上报（注明对象）'), ['SS-06'], {
            evidence: 'text',
          }),
          item('hazardIsolated', text('Hazard isolated', '隐患已隔离'), ['SS-06']),
          item('hazardMarked', text('Hazard marked', '隐患处已设警示'), ['SS-06']),
        ],
      },
      entry: [alert(text('A hazard has been found on a site.', '现场发现隐患。'), 'SS-06')],
      on: { 'hazard.clear': step('calm', 'SS-06', [measured]) },
    },
  },
}

const fire: StateNode = {
  initial: 'calm',
  meta: { title: text('Fire', '火情'), norms: ['SS-22'] },
  on: { 'fire.discover': happens('.alarming', 'SS-22', [assign({ fire: cel('event.what') })]) },
  states: {
    calm,
    alarming: {
      meta: { title: text('Raise the alarm', '立即报警'), norms: ['SS-22'] },
      entry: [alert(text('Fire on a site!', '现场发生火情！'), 'SS-22')],
      on: { 'fire.alarm': step('fighting', 'SS-22', [reported]) },
    },
    fighting: {
      meta: { title: text('Fight the fire', '灭火'), norms: ['SS-22'] },
      on: { 'fire.out': step('calm', 'SS-22') },
    },
  },
}

const power: StateNode = {
  initial: 'calm',
  meta: { title: text('Power cut', '停电'), norms: ['SS-23'] },
  on: { 'power.fail': happens('.cut', 'SS-23') },
  states: {
    calm,
    cut: {
      meta: {
        title: text('No power', '停电中'),
        norms: ['SS-23'],
        checklist: [
          item('electricalStopped', text('All electrical machines stopped', '已停用全部电动设备'), ['SS-23']),
          item('everyoneOut', text('Everyone out safely', '人员已全部安全撤离'), ['SS-23']),
        ],
      },
      entry: [alert(text('Power cut on a site.', '现场停电。'), 'SS-23')],
      on: { 'power.restore': step('calm', 'SS-23') },
    },
  },
}

const leak: StateNode = {
  initial: 'calm',
  meta: { title: text('Dangerous goods', '危险品异常'), norms: ['SS-21'] },
  on: { 'leak.find': happens('.reporting', 'SS-21', [assign({ leak: cel('event.what') })]) },
  states: {
    calm,
    reporting: {
      meta: { title: text('Report the leak', '立即上报'), norms: ['SS-21'] },
      entry: [alert(text('Dangerous goods leak on a site!', '现场危险品泄漏或异常！'), 'SS-21')],
      on: { 'leak.report': step('responding', 'SS-21', [reported]) },
    },
    responding: {
      meta: {
        title: text('Take emergency steps', '应急处理'),
        norms: ['SS-21'],
        checklist: [item('emergencySteps', text('Emergency steps taken', '已采取应急措施'), ['SS-21'])],
      },
      on: { 'leak.contain': step('calm', 'SS-21', [measured]) },
    },
  },
}

const accident: StateNode = {
  initial: 'calm',
  meta: { title: text('Accident', '事故'), norms: ['SS-11'] },
  on: { 'accident.happen': happens('.reporting', 'SS-11', [assign({ accident: cel('event.what') })]) },
  states: {
    calm,
    reporting: {
      meta: { title: text('Report the accident', '立即上报'), norms: ['SS-11'] },
      entry: [alert(text('Accident on a site!', '现场发生事故！'), 'SS-11')],
      on: { 'accident.report': step('handling', 'SS-11', [reported]) },
    },
    handling: {
      meta: {
        title: text('Deal with the accident', '事故处理'),
        norms: ['SS-11'],
        checklist: [item('orderKept', text('Order kept at the scene', '已维持现场秩序'), ['SS-11'])],
      },
      on: { 'accident.settle': step('calm', 'SS-11', [measured]) },
    },
  },
}

const evacuate = step('evacuating', 'SS-25')
const rescue = step('rescuing', 'SS-25')
const sudden: StateNode = {
  initial: 'calm',
  meta: { title: text('Sudden event', '突发事件'), norms: ['SS-25'] },
  on: { 'emergency.declare': happens('.calling', 'SS-25', [assign({ suddenEvent: cel('event.what') })]) },
  states: {
    calm,
    calling: {
      meta: { title: text('Call for help', '呼救报警'), norms: ['SS-25'] },
      entry: [alert(text('Emergency on a site!', '现场突发事件！'), 'SS-25')],
      on: { 'help.call': step('choosing', 'SS-25', [reported]) },
    },
    choosing: {
      meta: { title: text('Evacuate or rescue', '撤离或救援'), norms: ['SS-25'] },
      on: { 'evacuation.start': evacuate, 'rescue.start': rescue },
    },
    evacuating: {
      meta: {
        title: text('Evacuating', '撤离中'),
        norms: ['SS-25'],
        checklist: [
          item('allCounted', text('Everyone accounted for: how many', '已清点人数'), ['SS-25'], {
            evidence: 'number',
          }),
        ],
      },
      on: {
        'rescue.start': { ...rescue, meta: { norms: ['SS-25'], waivesChecklist: true } },
        'emergency.end': step('calm', 'SS-25'),
      },
    },
    rescuing: {
      meta: { title: text('Rescuing', '救援中'), norms: ['SS-25'] },
      on: { 'evacuation.start': evacuate, 'emergency.end': step('calm', 'SS-25') },
    },
  },
}

export const incidents: StateNode = {
  type: 'parallel',
  meta: { title: text('Incidents', '险情') },
  states: { hazard, fire, power, leak, accident, sudden },
}

export const allCalm: Guard = all(
  ...Object.keys({ hazard, fire, power, leak, accident, sudden }).map(
    (region): Guard => ({ type: 'stateIn', params: { state: `open.incidents.${region}.calm` } }),
  ),
)
/** Of these a hazard lets work resume where it stood; after the others the site is surveyed anew. */
export const EMERGENCIES = [
  'fire.discover',
  'power.fail',
  'leak.find',
  'accident.happen',
  'emergency.declare',
]
