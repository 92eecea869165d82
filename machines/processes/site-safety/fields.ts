/**
 * What a site safety permit remembers, and the figures its owner may change.
 *
 * Must not: hold behaviour.
 */
import type { ContextSchema, Field, Setting, Text } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerFile, customerReferences } from '../customer-file.ts'
import { locked } from '../locks.ts'

type Meta = { norms?: string[]; personal?: boolean; options?: Record<string, Text> }

const field =
  (base: Omit<Field, 'meta'>) =>
  (title: Text, meta: Meta = {}): Field => ({ ...base, meta: { title, ...meta } })

export const short = field({ type: 'string', minLength: 1, maxLength: 200 })
export const long = field({ type: 'string', minLength: 1, maxLength: 4000 })
export const person = field({ type: 'string', format: 'person' })
const moment = field({ type: 'string', format: 'date-time' })
const no = field({ type: 'boolean', default: false })

/** The kinds of work that need a permit and a certificate of their own. */
const WORK_KINDS = {
  height: text('At height', '高处作业'),
  machinery: text('Machinery', '机械作业'),
  electrical: text('Electrical', '电气作业'),
  'dangerous-goods': text('Dangerous goods', '危险品作业'),
}
export const workKinds: Field = {
  type: 'array',
  items: {
    type: 'string',
    enum: Object.keys(WORK_KINDS),
    meta: { title: text('Kind of work', '作业类别'), options: WORK_KINDS },
  },
  maxItems: 4,
  meta: { title: text('Kinds of work', '作业类别'), norms: ['SS-04', 'SS-12', 'SS-14', 'SS-18', 'SS-20'] },
}

const DECISIONS = {
  corrected: text('Put right on the spot', '当场纠正'),
  warned: text('Warned', '警告'),
  retrained: text('To be trained again', '重新培训'),
  removed: text('Removed from the site', '清退出场'),
}
export const decision: Field = {
  type: 'string',
  enum: Object.keys(DECISIONS),
  meta: { title: text('Decision', '处理决定'), norms: ['SS-26'], options: DECISIONS },
}

const work = {
  site: short(text('Site', '作业现场')),
  title: short(text('Work', '作业名称')),
  workKinds: { ...workKinds, default: [] },
  engineer: person(text('Engineer', '作业工程师')),
  crew: {
    type: 'array',
    items: person(text('Worker', '作业人员')),
    maxItems: 100,
    default: [],
    meta: { title: text('Admitted workers', '准入作业人员'), norms: ['SS-01'] },
  },
  survey: long(text('Findings of the survey', '勘察结果'), { norms: ['SS-05'] }),
  faultyEquipment: long(text('Faulty equipment', '故障设备或护具'), { norms: ['SS-03', 'SS-30'] }),
  heightWorker: person(text('Works at height', '高处作业人员'), { norms: ['SS-12'] }),
  machineryWorker: person(text('Works the machines', '机械操作人员'), { norms: ['SS-14'] }),
  electricalWorker: person(text('Does the electrical work', '电气作业人员'), { norms: ['SS-01'] }),
  goodsWorker: person(text('Handles dangerous goods', '危险品作业人员'), { norms: ['SS-01'] }),
} satisfies Record<string, Field>

const day = {
  shiftStartedAt: moment(text("Start of the day's work", '当日开工时间'), { norms: ['SS-08'] }),
  limitAt: moment(text('The day is full at', '当日工时届满时间'), { norms: ['SS-08'] }),
  overtimeAgreed: no(text('Overtime agreed beforehand', '已事先同意加班'), { norms: ['GN-02', 'SS-08'] }),
  overtimeUntil: moment(text('Overtime agreed until', '同意加班至'), { norms: ['GN-02', 'SS-08'] }),
  pausedAt: moment(text('On a break since', '休息开始时间')),
} satisfies Record<string, Field>

const events = {
  hazard: long(text('Hazard', '隐患'), { norms: ['SS-06'] }),
  oddMachine: long(text('Machine that behaves oddly', '异常机械'), { norms: ['SS-15'] }),
  fire: long(text('Fire', '火情'), { norms: ['SS-22'] }),
  leak: long(text('Abnormality of dangerous goods', '危险品异常'), { norms: ['SS-21'] }),
  accident: long(text('Accident', '事故'), { norms: ['SS-11'] }),
  suddenEvent: long(text('Sudden event', '突发事件'), { norms: ['SS-25'] }),
  reportedTo: short(text('Reported to', '上报对象'), { norms: ['SS-11', 'SS-21', 'SS-22', 'SS-25'] }),
  measures: long(text('Measures taken', '处置措施'), { norms: ['SS-11', 'SS-21'] }),
  recheck: no(text('All to be checked anew after an emergency', '应急后须重新检查')),
  violation: long(text('Breach of the rules', '违规行为'), { norms: ['SS-26'] }),
  openViolations: {
    type: 'integer',
    minimum: 0,
    default: 0,
    meta: { title: text('Breaches not yet dealt with', '未处理违规数'), norms: ['SS-26'] },
  },
  decision,
  decisionNote: long(text('How it was dealt with', '处理说明'), { norms: ['SS-26'] }),
  revokedBecause: long(text('Why the permit was revoked', '吊销原因')),
  cancelReason: long(text('Reason for cancelling', '取消原因')),
} satisfies Record<string, Field>

export const fields: ContextSchema = {
  properties: locked(
    {
      ...work,
      customerName: customerFile.customerName,
      region: customerReferences.region,
      ...day,
      ...events,
    },
    [
      // The kinds of work say which permits and which gear (SS-12 to SS-20, SS-29).
      'workKinds',
      // Who showed which certificate (SS-01, SS-12, SS-14).
      'engineer',
      'crew',
      'heightWorker',
      'machineryWorker',
      'electricalWorker',
      'goodsWorker',
      // Surveyed, and fit to be used (SS-03, SS-05, SS-15).
      'survey',
      'recheck',
      'faultyEquipment',
      'oddMachine',
      // The count of the day's work (SS-08).
      'shiftStartedAt',
      'limitAt',
      'overtimeAgreed',
      'overtimeUntil',
      'pausedAt',
      // SS-26.
      'openViolations',
      'decision',
    ],
  ),
  required: ['site'],
}

/**
 * SS-08 leaves the counting rule open; ours: the day's work counts from the first entry into the work area until the
 * site is secured, suspensions included, breaks left out unless the owner sets otherwise.
 */
export const settings: Record<string, Setting> = {
  workingDay: {
    value: 'PT8H',
    title: text(
      'Working time a day, counted from the first entry into the work area',
      '每日工时（自首次进入作业区起算）',
    ),
    norms: ['SS-08'],
  },
  breaksCount: {
    value: false,
    title: text('Breaks count as working time', '休息计入工时'),
    norms: ['SS-08'],
  },
  overtimeMinutes: {
    value: 120,
    title: text('Overtime a day at most, in minutes', '每日加班上限（分钟）'),
    norms: ['GN-02', 'SS-08'],
  },
}
