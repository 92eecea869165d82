/**
 * The home visits of a sample day.
 */
import type { Part } from './cast.ts'
import { type Course, type Step, send, upTo } from './course.ts'

type Customer = { name: string; address: string; phone: string; region: string }
type Visit = {
  customer: Customer
  problem: string
  ago: number
  engineer: Part
  engineerId: string
  /** The last event that was done; all of them where it is not named. */
  last?: string
  /** Minutes from the booking to the time wanted. */
  wanted?: number
  more?: readonly Step[]
  severity?: 'low' | 'normal' | 'high'
  fields?: Record<string, unknown>
  /** Minutes to the assignment: 5. */
  assignedAfter?: number
}

const course = ({ engineer, engineerId, wanted = 120, ago, assignedAfter = 5 }: Visit): Step[] => [
  send(assignedAfter, 'dispatcher', 'assign', { engineer: engineerId }),
  send(6, engineer, 'call.start', { customerAsked: true }),
  send(4, engineer, 'time.agreed', (moment) => ({ time: moment(wanted - ago), customerAsked: true })),
  send(6, engineer, 'parts.none-needed'),
  send(4, 'dispatcher', 'order.release'),
  send(Math.max(5, wanted - 75), engineer, 'set.out'),
  send(40, engineer, 'arrive'),
  send(3, engineer, 'visit.begin', { personInCharge: '行政 王女士' }),
  send(25, engineer, 'fault.diagnosed', {
    diagnosis: '电源模块损坏 Power supply failed',
    cause: 'manufacture',
    damageByPeople: '无',
    serialNumber: 'SN-PC-20391',
  }),
  send(4, engineer, 'explanation.done'),
  send(3, engineer, 'remedy.choose', { remedy: 'repair', plan: '更换电源模块' }),
  send(4, 'customer', 'solution.sign'),
  send(35, engineer, 'repair.done'),
  send(6, engineer, 'system.tuned'),
  send(8, engineer, 'verification.pass'),
  send(4, engineer, 'work.explained'),
  send(4, engineer, 'place.tidied'),
  send(5, engineer, 'report.fill', {
    result: '恢复正常',
    solution: '更换电源模块，连续运行测试正常',
    workDone: '拆机、更换电源、开机测试、清洁机内灰尘',
    workMinutes: 55,
    bill: 0,
  }),
  send(4, 'customer', 'acceptance.sign'),
  send(2, engineer, 'farewell.said'),
  send(15, engineer, 'result.report-back', { summary: '已修好，客户验收签字' }),
]

function visit(given: Visit): Course {
  const { customer, problem, ago, last, more = [], wanted = 120, severity = 'normal', fields = {} } = given
  const steps = course(given)
  return {
    process: 'home-visit',
    by: 'dispatcher',
    ago,
    fields: (moment) => ({
      timeWanted: moment(wanted - ago),
      problem,
      problemKind: 'hardware',
      severity,
      region: customer.region,
      distanceBand: 'near',
      customerName: customer.name,
      customerAddress: customer.address,
      customerPhone: customer.phone,
      // Under warranty, whenever the day is.
      purchaseDate: moment(-200 * DAY).slice(0, 10),
      ...fields,
    }),
    steps: [...(last === undefined ? steps : last === '' ? [] : upTo(steps, last)), ...more],
  }
}

const PEOPLE = {
  library: { name: '市图书馆', address: '中山路 88 号', phone: '010-5550 1001', region: '城东' },
  school: { name: '实验中学', address: '学府街 12 号', phone: '010-5550 1002', region: '城西' },
  bakery: { name: 'Golden Wheat Bakery', address: '5 Garden Road', phone: '010-5550 1003', region: '城东' },
  clinic: { name: '康泰门诊部', address: '和平里 3 号楼', phone: '010-5550 1004', region: '城南' },
  wang: { name: '王芳', address: '湖滨小区 7-2-301', phone: '139 0000 2001', region: '城西' },
  zhou: { name: '周建国', address: '桃园路 19 号', phone: '138 0000 2002', region: '城南' },
  miller: { name: 'Anna Miller', address: '21 Lake View, Unit 4', phone: '137 0000 2003', region: '城东' },
  law: { name: '正和律师事务所', address: '金融街 6 号 1208 室', phone: '010-5550 1005', region: '城西' },
  hotel: {
    name: '湖景酒店管理有限公司（南山路店）',
    address: '南山路 1 号',
    phone: '010-5550 1006',
    region: '城南',
  },
} as const satisfies Record<string, Customer>

const WANG = { engineer: 'wang', engineerId: 'sample-wang-lei' } as const
const ZHANG = { engineer: 'zhang', engineerId: 'sample-zhang-min' } as const
const TOM = { engineer: 'tom', engineerId: 'sample-tom-baker' } as const
const DAY = 24 * 60

export const VISITS: readonly Course[] = [
  visit({
    ...WANG,
    customer: PEOPLE.library,
    problem: '借阅终端无法开机',
    ago: 8,
    last: '',
    severity: 'high',
  }),
  visit({ ...TOM, customer: PEOPLE.bakery, problem: 'The till does not start', ago: 40, last: 'assign' }),
  // Assigned, and nobody called the customer: its deadline ran out.
  visit({
    ...TOM,
    customer: PEOPLE.clinic,
    problem: '挂号机屏幕黑屏',
    ago: 170,
    last: 'assign',
    wanted: 240,
  }),
  visit({
    ...ZHANG,
    customer: PEOPLE.school,
    problem: '机房三台电脑蓝屏',
    ago: 50,
    last: 'time.agreed',
    wanted: 26 * 60,
  }),
  visit({
    ...WANG,
    customer: PEOPLE.law,
    problem: '扫描仪无法联网',
    ago: 90,
    last: 'order.release',
    wanted: 180,
  }),
  visit({
    ...ZHANG,
    customer: PEOPLE.miller,
    problem: 'Laptop overheats and shuts down',
    ago: 110,
    last: 'set.out',
    wanted: 130,
  }),
  // Late: neither there nor called.
  visit({
    ...TOM,
    customer: PEOPLE.hotel,
    problem: '前台电脑频繁死机',
    ago: 300,
    last: 'set.out',
    wanted: 150,
    severity: 'high',
  }),
  visit({
    ...WANG,
    customer: PEOPLE.wang,
    problem: '台式机无法启动',
    ago: 160,
    last: 'visit.begin',
    wanted: 115,
  }),
  visit({
    ...ZHANG,
    customer: PEOPLE.library,
    problem: '检索机键盘失灵',
    ago: 200,
    last: 'solution.sign',
    wanted: 120,
  }),
  visit({
    ...WANG,
    customer: PEOPLE.school,
    problem: '教师办公室电脑无法开机',
    ago: DAY + 200,
    more: [{ after: 45, by: 'customer', rate: 5, comment: '准时，讲解清楚' }],
  }),
  visit({
    ...ZHANG,
    customer: PEOPLE.miller,
    problem: 'Screen flickers',
    ago: 2 * DAY + 120,
    more: [{ after: 30, by: 'customer', rate: 4, comment: 'Good work, a little late on the phone' }],
  }),
  visit({
    ...TOM,
    customer: PEOPLE.zhou,
    problem: '主机异响',
    ago: 3 * DAY + 60,
    // A day went by before anybody was assigned.
    assignedAfter: 25,
    more: [
      { after: 60, by: 'customer', rate: 2, comment: '修好了，但是现场没有清理' },
      { after: 5, by: 'dispatcher', breach: 'HV-22', note: '客户反映工具、备件随意摆放' },
      { after: 5, by: 'dispatcher', complain: '工程师离开时没有清理现场，留下包装材料。' },
    ],
  }),
]
