/**
 * The permits by kind of work: four regions, each passed at once where the work is not of its kind.
 *
 * Promises: a permit names a worker whose certificate is valid on the day (SS-01, SS-12, SS-14); work starts when all
 * that are needed stand.
 */
import type { ChecklistItem, StateNode, Text } from '../../definition/schema.ts'
import { all, assign, cel, item, text } from '../author.ts'
import { leaveEarly } from './preparation.ts'

type Kind = {
  kind: string
  event: string
  certificate: string
  /** The field that keeps the worker. */
  field: string
  title: Text
  norms: string[]
  checklist: ChecklistItem[]
}

/** SS-01 asks the safety certificate of everyone, whatever the other one he needs. */
const permit = ({ kind, event, certificate, field, title, norms, checklist }: Kind): StateNode => ({
  initial: 'deciding',
  meta: { title },
  states: {
    deciding: {
      meta: { title: text('Needed?', '是否需要') },
      always: [
        { target: 'applying', guard: cel(`'${kind}' in job.workKinds`) },
        { target: 'notNeeded', guard: cel(`!('${kind}' in job.workKinds)`) },
      ],
    },
    applying: {
      meta: { title: text('Applied for', '申请中'), norms, checklist },
      on: {
        [event]: {
          target: 'granted',
          guard: all(
            { type: 'qualified', params: { certificate: 'safety-training', of: 'worker' } },
            { type: 'qualified', params: { certificate, of: 'worker' } },
          ),
          actions: [assign({ [field]: cel('event.worker') })],
          meta: { norms },
        },
      },
    },
    granted: { type: 'final', meta: { title: text('Granted', '已批准') } },
    notNeeded: { type: 'final', meta: { title: text('Not needed', '无需') } },
  },
})

const height = permit({
  kind: 'height',
  event: 'height.permit',
  certificate: 'work-at-height',
  field: 'heightWorker',
  title: text('Work at height', '高处作业许可'),
  norms: ['SS-01', 'SS-12'],
  checklist: [
    item('areaClear', text('Area below clear and marked off', '作业下方区域已清空警戒'), ['SS-12']),
    item('harnessChecked', text('Harness checked', '安全带已检查'), ['SS-12']),
    item('anchorFixed', text('Fixed point for the harness found', '已确认安全带固定点'), ['SS-12']),
  ],
})

const machinery = permit({
  kind: 'machinery',
  event: 'machinery.permit',
  certificate: 'machinery',
  field: 'machineryWorker',
  title: text('Machine work', '机械作业许可'),
  norms: ['SS-01', 'SS-14'],
  checklist: [
    item('machineFullyChecked', text('Machine fully checked first', '作业前已全面检查机械'), ['SS-14']),
    item('procedureAtHand', text('Set procedure at hand', '按规定操作程序作业'), ['SS-14']),
  ],
})

const electrical = permit({
  kind: 'electrical',
  event: 'electrical.permit',
  certificate: 'electrical',
  field: 'electricalWorker',
  title: text('Electrical work', '电气作业许可'),
  norms: ['SS-01', 'SS-18'],
  checklist: [
    item('earthed', text('Equipment earthed', '电气设备已接地'), ['SS-18']),
    item('electricalInspected', text('Equipment inspected', '电气设备已检查'), ['SS-18']),
    item('placeDry', text('No wet, underwater or hot place, dry hands', '无潮湿、水下、高温环境，双手干燥'), [
      'SS-18',
    ]),
  ],
})

const dangerousGoods = permit({
  kind: 'dangerous-goods',
  event: 'goods.permit',
  certificate: 'dangerous-goods',
  field: 'goodsWorker',
  title: text('Dangerous goods', '危险品作业许可'),
  norms: ['SS-01', 'SS-20'],
  checklist: [
    item('goodsPlaced', text('Stored at the set place, marked', '危险品定点存放并有标识'), ['SS-20']),
    item('goodsInDate', text('In date', '在有效期内'), ['SS-20']),
    item('goodsTools', text('Proper tools, protective gear in use', '使用专用工具与防护用品'), ['SS-20']),
    item('goodsCool', text('Away from flame and heat', '远离火源与热源'), ['SS-20']),
  ],
})

export const permitting: StateNode = {
  type: 'parallel',
  meta: { title: text('Permits by kind of work', '分类作业许可') },
  on: { 'day.end': leaveEarly },
  onDone: { target: 'gearing' },
  states: { height, machinery, electrical, dangerousGoods },
}
