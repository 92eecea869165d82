/**
 * Before anyone enters the work area: training and papers off the site; survey and equipment on it.
 *
 * Promises: nobody without a safety certificate valid on the day gets past training (SS-01); what is faulty is
 * repaired or replaced before it is used (SS-03, SS-30).
 */
import type { Guard, StateNode, Transition } from '../../definition/schema.ts'
import { assign, cel, item, notify, text, toRole } from '../author.ts'

export const certified: Guard = { type: 'qualified', params: { certificate: 'safety-training' } }

/** Off again without having worked: the site is still left in order. */
export const leaveEarly: Transition = {
  target: '#site-safety.open.work.regular.shuttingDown',
  meta: { waivesChecklist: true },
}

export const briefing: StateNode = {
  initial: 'training',
  meta: { title: text('Briefing', '作业前教育') },
  states: {
    training: {
      meta: {
        title: text('Training', '安全培训'),
        norms: ['SS-01'],
        checklist: [
          item('emergencyMeasures', text('Emergency measures known', '熟悉应急措施'), ['SS-24']),
          item(
            'emergencyDrill',
            text('Emergency drill attended: when', '已参加应急演练（注明日期）'),
            ['SS-24'],
            {
              evidence: 'text',
            },
          ),
        ],
      },
      on: {
        'training.show': {
          target: 'drawings',
          guard: certified,
          actions: [assign({ engineer: cel('actor.id') })],
          meta: { norms: ['SS-01'] },
        },
      },
    },
    drawings: {
      meta: {
        title: text('Drawings and requirements', '图纸与要求'),
        checklist: [
          item(
            'drawingsRead',
            text('Drawings, requirements and safety notes read', '已核对图纸、作业要求与安全注意事项'),
            ['SS-02'],
          ),
          item(
            'siteRulesAcknowledged',
            text("The customer's rules for the site acknowledged", '已知悉并遵守客户方现场规定'),
            ['GN-15'],
          ),
        ],
      },
      on: { 'drawings.finish': { target: '#site-safety.open', meta: { norms: ['SS-02'] } } },
    },
  },
}

export const surveying: StateNode = {
  meta: {
    title: text('Site survey', '现场勘察'),
    checklist: [
      item('layoutSurveyed', text('Layout surveyed', '已勘察现场布局'), ['SS-05']),
      item('machinesSurveyed', text('Machines surveyed', '已勘察现场设备'), ['SS-05']),
      item('hazardsSurveyed', text('Hazards surveyed', '已排查现场隐患'), ['SS-05']),
      item('alarmsKnown', text('Positions of the fire alarms known', '知道火警按钮位置'), ['SS-33']),
      item(
        'powerCutsKnown',
        text('Power-cut warnings looked up and prepared for', '已关注停电预警并做好准备'),
        ['SS-34'],
      ),
    ],
  },
  on: {
    'survey.finish': {
      target: 'equipping',
      actions: [assign({ survey: cel('event.survey') })],
      meta: { norms: ['SS-05'] },
    },
    'day.end': leaveEarly,
  },
}

export const equipping: StateNode = {
  initial: 'checking',
  meta: { title: text('Equipment and gear', '设备与护具') },
  states: {
    checking: {
      meta: {
        title: text('Checking', '检查'),
        checklist: [
          item('toolsChecked', text('Machines and tools checked', '已检查设备与工具'), ['SS-03']),
          item('platformSteady', text('Working platform level and steady', '工作台面平稳'), ['SS-09']),
          item('gearSupplied', text('Protective gear supplied by the company', '公司已配发护具'), ['SS-35']),
          item('gearInspected', text('Gear inspected, worn gear replaced', '护具已检查，失效已更换'), [
            'SS-30',
          ]),
        ],
      },
      on: {
        'equipment.fault': {
          target: 'mending',
          actions: [assign({ faultyEquipment: cel('event.what') })],
          meta: { norms: ['SS-03', 'SS-30'], waivesChecklist: true },
        },
        'equipment.pass': {
          target: '#site-safety.open.work.regular.permitting',
          meta: { norms: ['SS-03', 'SS-09', 'SS-30', 'SS-35'] },
        },
        'day.end': leaveEarly,
      },
    },
    mending: {
      meta: { title: text('Being repaired or replaced', '修理更换中'), norms: ['SS-03', 'SS-30'] },
      entry: [
        notify(
          [toRole('safety-officer')],
          text('Faulty equipment or worn gear on a site.', '现场有设备故障或护具失效。'),
          'SS-03',
        ),
      ],
      on: {
        'equipment.mend': {
          target: 'checking',
          actions: [assign({ faultyEquipment: null })],
          meta: { norms: ['SS-03', 'SS-30'] },
        },
        'day.end': leaveEarly,
      },
    },
  },
}
