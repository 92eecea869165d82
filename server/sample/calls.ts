/**
 * The phone calls of a sample day.
 */
import { type Course, type Step, send } from './course.ts'

type Call = {
  name: string
  phone: string
  problem: string
  ago: number
  /** What came after the request was recorded. */
  after?: readonly Step[]
}

const SECOND = 1 / 60
const CLOSED: readonly Step[] = [
  send(10 * SECOND, 'agent', 'closing.done'),
  send(8 * SECOND, 'agent', 'caller.hungUp'),
]

function call({ name, phone, problem, ago, after = [] }: Call): Course {
  return {
    process: 'phone-call',
    by: 'agent',
    ago,
    fields: { callerNumber: phone },
    steps: [
      send(6 * SECOND, 'agent', 'answer', { badge: 'H-021' }),
      send(8 * SECOND, 'agent', 'greeting.done'),
      send(1, 'agent', 'customer.record', {
        customerName: name,
        customerPhone: phone,
        customerAddress: '滨河路 30 号',
        region: '城东',
      }),
      send(2, 'agent', 'request.record', { problem, problemKind: 'hardware', severity: 'normal' }),
      ...after,
    ],
  }
}

export const CALLS: readonly Course[] = [
  // It still rings.
  { process: 'phone-call', by: 'agent', ago: 0.1, fields: { callerNumber: '136 0000 3001' }, steps: [] },
  call({ name: '刘洋', phone: '136 0000 3002', problem: '笔记本充不上电', ago: 4 }),
  call({
    name: 'James Hill',
    phone: '136 0000 3003',
    problem: 'Cannot print since this morning',
    ago: 95,
    after: [
      send(1, 'agent', 'hold.start', { reason: '查询保修状态 To look up the warranty' }),
      send(8 * SECOND, 'agent', 'hold.acknowledge'),
      send(12 * SECOND, 'agent', 'hold.end'),
      send(3, 'agent', 'outcome.solved', { result: '重新安装打印机驱动后恢复' }),
      ...CLOSED,
    ],
  }),
  call({
    name: '何秀英',
    phone: '136 0000 3004',
    problem: '电脑开机后自动重启',
    ago: 64,
    after: [
      send(2, 'agent', 'outcome.visit', (moment) => ({ timeWanted: moment(20 * 60), distanceBand: 'near' })),
      ...CLOSED,
    ],
  }),
  call({
    name: '宏达贸易公司',
    phone: '136 0000 3005',
    problem: '办公网络全部中断',
    ago: 30 * 60,
    after: [
      send(2, 'agent', 'outcome.fault', (moment) => ({ startedAt: moment(-30 * 60), system: '办公网络' })),
      ...CLOSED,
    ],
  }),
  call({
    name: '孙丽',
    phone: '136 0000 3006',
    problem: '上次维修后同样的故障又出现',
    ago: 26 * 60,
    after: [
      send(2, 'agent', 'outcome.complaint', { text: '同一故障一个月内出现两次，要求答复。' }),
      ...CLOSED,
    ],
  }),
  call({
    name: '马超',
    phone: '136 0000 3007',
    problem: '询问换屏价格',
    ago: 190,
    after: [
      // Promised for half an hour ago: the call-back is overdue.
      send(2, 'agent', 'outcome.callBack', (moment) => ({ callBackAt: moment(-30), result: '答复换屏报价' })),
      ...CLOSED,
    ],
  }),
]
