/**
 * The depot repairs of a sample day.
 */
import { type Course, type Step, send, upTo } from './course.ts'

type Repair = {
  name: string
  machine: string
  serial: string
  problem: string
  ago: number
  last?: string
  receipt: string
  more?: readonly Step[]
}

const course = ({ ago, machine, serial, receipt }: Repair): Step[] => [
  send(6, 'desk', 'machine.receive', {
    machine,
    serialNumber: serial,
    accessories: '电源适配器、电脑包',
    configuration: '16 GB / 512 GB',
    damage: '上盖轻微划痕',
    diskWork: false,
  }),
  send(8, 'desk', 'repair.register', (moment) => ({
    receiptNumber: receipt,
    inspectionBy: moment(240 - ago),
  })),
  send(10, 'dispatcher', 'engineer.assign', { engineer: 'sample-zhang-min' }),
  send(30, 'zhang', 'inspection.start'),
  send(40, 'zhang', 'inspection.finish', { findings: '主板供电电路损坏', result: 'repairable' }),
  send(20, 'desk', 'quote.explain', (moment) => ({
    warranty: false,
    charge: 800,
    repairBy: moment(3 * 1440 - ago),
  })),
  send(30, 'customer', 'quote.accept', { by: '本人', way: 'phone' }),
  send(10, 'zhang', 'repair.open'),
  send(5, 'zhang', 'work.start'),
  send(90, 'zhang', 'work.finish', { workDone: '更换主板供电芯片并清洁散热器' }),
  send(20, 'zhang', 'verification.pass'),
  send(10, 'zhang', 'repair.close'),
  send(15, 'desk', 'pickup.notify', { by: 'phone' }),
  send(120, 'desk', 'customer.arrive'),
  send(10, 'desk', 'machine.collect', { receiptNumber: receipt, paid: 800 }),
  send(5, 'desk', 'customer.leave'),
]

function repair(given: Repair): Course {
  const { name, problem, ago, last, more = [] } = given
  const steps = course(given)
  return {
    process: 'depot-repair',
    by: 'desk',
    ago,
    fields: { customerName: name, customerPhone: '135 0000 4001', problem, region: '城东' },
    steps: [...(last === undefined ? steps : last === '' ? [] : upTo(steps, last)), ...more],
  }
}

const DAY = 24 * 60

export const REPAIRS: readonly Course[] = [
  repair({
    name: '钱伟',
    machine: 'Lenovo T14',
    serial: 'PF-20881',
    problem: '无法开机',
    receipt: 'R-2101',
    ago: 12,
    last: '',
  }),
  // The inspection was promised for an hour ago.
  repair({
    name: '冯军',
    machine: 'HP 440',
    serial: 'HP-5521',
    problem: '屏幕碎裂',
    receipt: 'R-2103',
    ago: 300,
    last: 'inspection.start',
  }),
  repair({
    name: '郑爽',
    machine: 'ThinkCentre M90',
    serial: 'MC-1180',
    problem: '频繁蓝屏',
    receipt: 'R-2104',
    ago: 320,
    last: 'quote.explain',
  }),
  repair({
    name: '实验小学',
    machine: '投影机 CB-X51',
    serial: 'EP-9913',
    problem: '开机后自动断电',
    receipt: 'R-2105',
    ago: DAY + 300,
    last: 'quote.accept',
    more: [
      send(10, 'zhang', 'part.request', { part: 'BOARD-1' }),
      send(30, 'desk', 'part.shortage', { part: 'BOARD-1', reason: '缺货，已向厂家订购' }),
    ],
  }),
  repair({
    name: '沈佳',
    machine: 'MateBook 14',
    serial: 'HW-3302',
    problem: '进水后无法充电',
    receipt: 'R-2106',
    ago: DAY + 420,
    last: 'repair.open',
    more: [{ after: 20, by: 'dispatcher', suspend: '客户出差，要求暂缓维修' }],
  }),
  repair({
    name: '曹建',
    machine: 'Lenovo Y7000',
    serial: 'LY-6120',
    problem: '风扇异响，温度过高',
    receipt: 'R-2107',
    ago: 3 * DAY,
    more: [{ after: 60, by: 'customer', rate: 5, comment: '修得快，价格提前说清楚' }],
  }),
]
