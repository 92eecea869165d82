/**
 * The gate into the work area, the work itself in four regions by kind, and the end of the day.
 *
 * Promises: nobody enters without full gear (SS-29) and a certificate valid on the day (SS-01); leaving `working` by
 * any way tells the visit that the permit is not open.
 */
import type { Action, Guard, StateNode } from '../../definition/schema.ts'
import { all, assign, cel, item, notify, remind, text, toField, toRole } from '../author.ts'
import { certified, leaveEarly } from './preparation.ts'

export const tellParent = (event: string): Action => ({
  type: 'signal',
  params: { to: 'parent', event },
})
const holds = (certificate: string): Guard => ({ type: 'qualified', params: { certificate } })
const ofKind = (...kinds: string[]) => cel(kinds.map((kind) => `'${kind}' in job.workKinds`).join(' || '))
const notOfKind = (kind: string) => cel(`!('${kind}' in job.workKinds)`)
/** Whoever showed his certificate in the briefing, or was admitted later. */
const admitted = cel('actor.id == job.engineer || actor.id in job.crew')

export const gearing: StateNode = {
  meta: {
    title: text('Putting on protective gear', '穿戴护具'),
    norms: ['SS-04', 'SS-29'],
    checklist: [
      item('helmet', text('Helmet worn and whole', '安全帽佩戴完好'), ['SS-04', 'SS-29']),
      item('shoes', text('Safety shoes worn and whole', '安全鞋穿着完好'), ['SS-04', 'SS-29']),
      item('goggles', text('Goggles worn and whole', '护目镜佩戴完好'), ['SS-04', 'SS-29']),
      item('gloves', text('Gloves worn and whole', '手套佩戴完好'), ['SS-04', 'SS-29']),
      item('faceShield', text('Face shield worn and whole', '面罩佩戴完好'), ['SS-04', 'SS-29'], {
        required: ofKind('machinery', 'electrical'),
      }),
      item(
        'chemicalGoggles',
        text('Chemical goggles worn and whole', '化学护目镜佩戴完好'),
        ['SS-04', 'SS-29'],
        {
          required: ofKind('dangerous-goods'),
        },
      ),
      item(
        'harness',
        text('Harness worn, on a fixed point', '安全带已佩戴并系于固定点'),
        ['SS-04', 'SS-12', 'SS-29'],
        {
          required: ofKind('height'),
        },
      ),
    ],
  },
  on: {
    'work.start': {
      target: 'working',
      guard: all(certified, admitted, {
        type: 'stateIn',
        params: { state: 'open.discipline.clear' },
      }),
      meta: { norms: ['SS-01', 'SS-26', 'SS-29'] },
    },
    'day.end': leaveEarly,
  },
}

/** A region that is there only for work of its kind. */
const region = (
  kind: string,
  first: string,
): Pick<StateNode, 'initial'> & { deciding: StateNode; absent: StateNode } => ({
  initial: 'deciding',
  deciding: {
    meta: { title: text('Part of the work?', '是否涉及') },
    always: [
      { target: first, guard: ofKind(kind) },
      { target: 'absent', guard: notOfKind(kind) },
    ],
  },
  absent: { meta: { title: text('Not part of the work', '不涉及') } },
})

function heightWork(): StateNode {
  const { initial = '', deciding, absent } = region('height', 'grounded')
  return {
    initial,
    meta: { title: text('At height', '高处作业') },
    states: {
      deciding,
      absent,
      grounded: {
        meta: { title: text('On the ground', '地面') },
        on: {
          'climb.start': {
            target: 'aloft',
            guard: all(admitted, holds('work-at-height')),
            meta: { norms: ['SS-12'] },
          },
        },
      },
      aloft: { meta: { title: text('Aloft', '高处') }, on: { 'climb.end': { target: 'grounded' } } },
    },
  }
}

function machineWork(): StateNode {
  const { initial = '', deciding, absent } = region('machinery', 'standing')
  const odd = {
    target: 'outOfOrder',
    actions: [assign({ oddMachine: cel('event.what') })],
    meta: { norms: ['SS-15'] },
  }
  return {
    initial,
    meta: { title: text('Machinery', '机械作业') },
    states: {
      /** SS-15: a machine found odd yesterday is still out of order today. */
      deciding: {
        ...deciding,
        always: [
          {
            target: 'outOfOrder',
            guard: cel("'machinery' in job.workKinds && has(job.oddMachine)"),
            meta: { norms: ['SS-15'] },
          },
          { target: 'standing', guard: ofKind('machinery') },
          { target: 'absent', guard: notOfKind('machinery') },
        ],
      },
      absent,
      standing: {
        meta: { title: text('Standing', '停机') },
        on: {
          'machine.start': {
            target: 'running',
            guard: all(admitted, holds('machinery')),
            meta: { norms: ['SS-14'] },
          },
          'machine.odd': odd,
        },
      },
      running: {
        meta: { title: text('Running', '运转') },
        on: { 'machine.stop': { target: 'standing' }, 'machine.odd': odd },
      },
      outOfOrder: {
        meta: {
          title: text('Stopped for repair', '停机检修'),
          norms: ['SS-15'],
          checklist: [
            item('oddMachineStopped', text('Machine stopped and locked', '机械已停机并上锁'), ['SS-15']),
          ],
        },
        entry: [
          notify(
            [toRole('safety-officer')],
            text('A machine behaves oddly and has been stopped for repair.', '机械异常，已停机待检修。'),
            'SS-15',
          ),
        ],
        on: {
          /** SS-16: repaired by someone with the authority, never by whoever is at hand. */
          'machine.mend': {
            target: 'standing',
            guard: { type: 'qualified', params: { certificate: 'machinery', of: 'worker' } },
            actions: [assign({ measures: cel('event.measures'), oddMachine: null })],
            meta: { norms: ['SS-15'] },
          },
        },
      },
    },
  }
}

function electricalWork(): StateNode {
  const { initial = '', deciding, absent } = region('electrical', 'inspected')
  return {
    initial,
    meta: { title: text('Electrical', '电气作业') },
    states: {
      deciding,
      absent,
      inspected: {
        meta: { title: text('Inspected', '已巡检'), norms: ['SS-18'] },
        after: {
          electricalRound: {
            target: 'inspectionDue',
            actions: [
              remind(
                [toField('electricalWorker'), toField('engineer')],
                text('The electrical equipment is due for its inspection.', '电气设备巡检到期。'),
                'SS-18',
              ),
            ],
            meta: { norms: ['SS-18'] },
          },
        },
        on: { 'electrical.check': { target: 'inspected', reenter: true, meta: { norms: ['SS-18'] } } },
      },
      inspectionDue: {
        meta: { title: text('Inspection due', '待巡检'), norms: ['SS-18'] },
        on: { 'electrical.check': { target: 'inspected', meta: { norms: ['SS-18'] } } },
      },
    },
  }
}

function goodsWork(): StateNode {
  const { initial = '', deciding, absent } = region('dangerous-goods', 'stored')
  return {
    initial,
    meta: { title: text('Dangerous goods', '危险品作业') },
    states: {
      deciding,
      absent,
      stored: {
        meta: { title: text('At their set place', '定点存放') },
        on: {
          'goods.take': {
            target: 'inUse',
            guard: all(admitted, holds('dangerous-goods')),
            meta: { norms: ['SS-20'] },
          },
        },
      },
      inUse: {
        meta: { title: text('In use', '使用中') },
        on: { 'goods.putBack': { target: 'stored', meta: { norms: ['SS-20'] } } },
      },
    },
  }
}

export const working: StateNode = {
  type: 'parallel',
  meta: { title: text('Working', '作业中') },
  entry: [tellParent('permit.opened')],
  exit: [tellParent('permit.suspended')],
  on: {
    'day.end': { target: 'shuttingDown', meta: { norms: ['SS-17'] } },
    'permit.extend': { target: 'permitting', actions: [assign({ workKinds: cel('event.workKinds') })] },
  },
  states: {
    height: heightWork(),
    machinery: machineWork(),
    electrical: electricalWork(),
    dangerousGoods: goodsWork(),
  },
}

export const shuttingDown: StateNode = {
  meta: {
    title: text('Shutting down', '收工整理'),
    norms: ['SS-17', 'SS-27', 'SS-28'],
    checklist: [
      item('machinesOff', text('Machines off, power and air cut', '已关机并切断电源、气源'), ['SS-17']),
      item('areaClean', text('Area clean, flammables cleared', '作业区已清洁，易燃物已清理'), ['SS-28']),
      item('gearReturned', text('Gear put back in good order', '护具已完好归位'), ['SS-27']),
    ],
  },
  on: { 'site.secure': { target: 'resting', meta: { norms: ['SS-17', 'SS-27', 'SS-28'] } } },
}

export const resting: StateNode = {
  meta: { title: text('Site at rest', '停工') },
  on: {
    'day.start': [
      {
        target: 'surveying',
        guard: all(certified, admitted, cel('job.recheck || !has(job.survey)')),
        actions: [assign({ recheck: false })],
        meta: { title: text('Start with a survey', '先勘察后开工'), norms: ['SS-01', 'SS-05'] },
      },
      { target: 'equipping', guard: all(certified, admitted), meta: { norms: ['SS-01'] } },
    ],
    'work.complete': {
      target: '#site-safety.closed',
      guard: { type: 'stateIn', params: { state: 'open.discipline.clear' } },
      meta: { norms: ['SS-26'] },
    },
  },
}
