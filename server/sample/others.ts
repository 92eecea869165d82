/**
 * The residencies, site permits, complaints and faults of a sample day.
 */
import { type Course, type Step, send } from './course.ts'

const DAY = 24 * 60

const residency = (site: string, customerName: string, ago: number, more: readonly Step[]): Course => ({
  process: 'on-site-residency',
  by: 'dispatcher',
  ago,
  fields: (moment) => ({
    customerName,
    site,
    region: '城南',
    residencyLead: 'sample-zhang-min',
    projectManager: 'sample-sarah-lee',
    // Worked whatever the day of the week.
    extraDays: [-DAY, 0, DAY].map((minutes) => moment(minutes).slice(0, 10)),
  }),
  steps: more,
})
const begun: readonly Step[] = [
  send(30, 'dispatcher', 'engineer.assign', { engineer: 'sample-wang-lei' }),
  send(60, 'dispatcher', 'residency.begin', (moment) => ({
    dayStartsAt: moment(-120),
    dayEndsAt: moment(360),
  })),
]

const RESIDENCIES: readonly Course[] = [
  residency('数据中心 3 层', '华东银行', DAY, [
    ...begun,
    send(DAY - 90 - 128, 'wang', 'post.arrive'),
    send(20, 'wang', 'operation.request', {
      operation: '升级核心交换机固件',
      operationSystem: '核心交换机 2',
      operationScope: '仅升级核心交换机 2 的固件',
      production: true,
    }),
    send(25, 'wang', 'plan.submit', (moment) => ({
      operationPlan: '1. 切换至备机；2. 升级固件；3. 切回',
      operationRisks: '约十分钟无冗余',
      rollbackPlan: '刷回旧版本固件',
      operationFrom: moment(-60),
      operationTo: moment(300),
    })),
    send(20, 'wang', 'backup.done'),
  ]),
  // The day began two hours ago and nobody has come.
  residency('调度大厅', 'Harbour Logistics', DAY + 60, [
    send(30, 'dispatcher', 'engineer.assign', { engineer: 'sample-tom-baker' }),
    send(60, 'dispatcher', 'residency.begin', (moment) => ({
      dayStartsAt: moment(-120),
      dayEndsAt: moment(360),
    })),
  ]),
]

const permit = (site: string, title: string, ago: number, steps: readonly Step[]): Course => ({
  process: 'site-safety',
  by: 'dispatcher',
  ago,
  fields: { site, title, workKinds: ['height'], customerName: '城建集团', region: '城南' },
  steps,
})
const surveyed: readonly Step[] = [
  send(15, 'zhang', 'training.show'),
  send(10, 'zhang', 'drawings.finish'),
  send(20, 'zhang', 'survey.finish', { survey: '两台塔吊作业，西侧有临时用电' }),
]
const working: readonly Step[] = [
  ...surveyed,
  send(10, 'zhang', 'equipment.pass'),
  send(15, 'officer', 'height.permit', { worker: 'sample-zhang-min' }),
  send(10, 'zhang', 'work.start'),
]

const PERMITS: readonly Course[] = [
  permit('三号码头', '综合布线', 40, surveyed.slice(0, 1)),
  permit('科技园 B 座', '机房装修', 150, [
    ...working,
    send(20, 'zhang', 'hazard.find', { what: '东侧临边防护缺失' }),
  ]),
  permit('会展中心', '大屏安装', 2 * DAY, [
    ...working,
    send(30, 'zhang', 'climb.start'),
    send(60, 'zhang', 'climb.end'),
    send(40, 'zhang', 'day.end'),
    send(20, 'zhang', 'site.secure'),
    send(30, 'officer', 'work.complete'),
  ]),
]

const complaint = (text: string, customerName: string, ago: number, steps: readonly Step[]): Course => ({
  process: 'complaint',
  by: 'desk',
  ago,
  fields: { text, customerName, region: '城西' },
  steps,
})

const COMPLAINTS: readonly Course[] = [
  // Not answered within a day.
  complaint('上门晚了一天，也没有电话通知。', '周建国', DAY + 180, [send(60, 'desk', 'complaint.take')]),
  complaint('The invoice is wrong.', 'Anna Miller', 5 * 60, [
    send(30, 'desk', 'complaint.take'),
    send(60, 'desk', 'complaint.decide', {
      decision: 'upheld',
      decisionText: '发票已重开 The invoice is made anew',
      remedy: '重开发票',
    }),
    send(20, 'desk', 'answer.give', { channel: 'phone' }),
  ]),
  complaint('维修时弄脏了办公桌。', '正和律师事务所', 3 * DAY, [
    send(20, 'desk', 'complaint.take'),
    send(90, 'desk', 'finding.record', { finding: '工程师未铺防尘布。' }),
    send(60, 'desk', 'complaint.decide', {
      decision: 'upheld',
      decisionText: '道歉并免费清洁。',
      remedy: '免费清洁',
    }),
    send(15, 'desk', 'answer.give', { channel: 'in-person' }),
    send(30, 'customer', 'customer.accept'),
  ]),
]

const fault = (description: string, system: string, ago: number, steps: readonly Step[]): Course => ({
  process: 'fault',
  by: 'wang',
  ago,
  fields: (moment) => ({
    description,
    system,
    startedAt: moment(-ago - 10),
    customerName: '华东银行',
    region: '城南',
  }),
  steps,
})
const repairing: readonly Step[] = [
  send(10, 'wang', 'fault.take'),
  send(40, 'wang', 'diagnosis.record', { diagnosis: '存储阵列一块硬盘失效' }),
]
const REPAIRED = { recovery: '切换至备机，更换硬盘，重建阵列', place: '三号机房', raisedBy: '李主任' }

const FAULTS: readonly Course[] = [
  fault('邮件系统无法访问', '邮件服务器', 18, []),
  // Down for more than twelve hours, without the plan that is owed by then.
  fault('备份任务连续失败', '备份系统', 15 * 60, [
    ...repairing,
    send(30, 'wang', 'repair.stuck', { obstacle: '备用硬盘明天到货' }),
  ]),
  fault('门禁系统离线', '门禁', 2 * DAY, [
    ...repairing,
    send(60, 'wang', 'repair.done', REPAIRED),
    send(30, 'wang', 'verify.passed'),
    send(40, 'wang', 'report.submit', {
      kind: 'hardware',
      cause: '硬盘老化',
      method: '更换硬盘',
      loss: '无',
    }),
    send(20, 'wang', 'fault.close', { prevention: '运行满四年的硬盘提前更换' }),
  ]),
]

export const OTHERS: readonly Course[] = [...RESIDENCIES, ...PERMITS, ...COMPLAINTS, ...FAULTS]
