/**
 * A clinic's server on a Saturday morning: the data first, the repair second, and a report while it is still fresh.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, forbidden, move, passes, says, send, tells } from '../../scenario-author.ts'

const repaired: Step[] = [
  send('fault.take', {}, 'PT5M'),
  move('diagnose', 'PT30M'),
  move('protect', 'PT5M'),
  move('fan-replaced', 'PT50M'),
  move('verify-together', 'PT10M'),
]
const reported: Step[] = [move('report', 'PT1H'), move('explain', 'PT10M'), move('close', 'PT5M')]

export const clinicServer: Scenario = {
  id: 'fault-clinic-server',
  process: 'fault',
  title: text('The clinic’s server overheats', '门诊部服务器过热'),
  briefing: text(
    'Saturday, half past three at night. The air conditioning of the machine room at the Haihe clinic has failed, server two is off. At seven the first patients come. The nurse on duty opens the door for you.',
    '周六凌晨三点半，海河门诊部机房空调故障，2号服务器已停机。早上七点开诊，值班护士给你开了门。',
  ),
  purpose: text(
    'Data is protected before the repair; verified together; report within 24 hours; cause and prevention explained.',
    '先保护数据再修复；共同验证；24小时内提交报告；讲清原因和预防。',
  ),
  difficulty: 'medium',
  tags: ['server', 'data', 'report'],
  seed: 7,
  start: {
    now: '2026-03-13T19:30:00.000Z',
    fields: {
      description: '机房温度41度，2号服务器停机',
      startedAt: '2026-03-13T18:38:00.000Z',
      system: '门诊部病历服务器',
      severity: 'high',
      problemKind: 'hardware',
      customerName: '海河门诊部',
      region: '河西',
    },
    trainee: {
      name: text('You, engineer on duty', '你（值班工程师）'),
      roles: ['engineer'],
      certificates: [{ kind: 'product-training' }],
    },
  },
  cast: {
    nurse: {
      name: text('Nurse Meng, on duty', '孟护士（值班）'),
      roles: ['customer'],
      temper: 'worried',
      about: text(
        'Forty appointments at seven, and no patient file.',
        '七点开诊四十个预约，病历一份都调不出。',
      ),
    },
  },
  happens: [
    {
      id: 'asks',
      when: { enters: 'open.repair.diagnosing' },
      after: 'PT2M',
      while: 'open.repair',
      does: [says('nurse', text('Will it be running by seven?', '七点前能好吗？'), 'worried')],
    },
    {
      id: 'hint',
      when: { enters: 'open.repair.repairing' },
      after: 'PT1M',
      while: 'open.repair.repairing',
      does: [
        tells(
          text(
            'The fan of server two is jammed; the disks still answer.',
            '2号服务器风扇卡死，硬盘还能读取。',
          ),
        ),
      ],
    },
  ],
  moves: [
    {
      id: 'diagnose',
      text: text(
        'Record: air conditioning off, fan jammed, protective shutdown',
        '登记诊断：空调停机，风扇卡死，过热保护关机',
      ),
      in: ['open.repair.diagnosing'],
      as: {
        do: 'event',
        type: 'diagnosis.record',
        payload: { diagnosis: '机房空调停机，服务器风扇卡死，过热保护' },
      },
    },
    {
      id: 'protect',
      text: text(
        'Copy the patient database to the second server before touching anything',
        '动手前先把病历库复制到备用服务器',
      ),
      in: ['open.repair.repairing'],
      as: { do: 'tick', item: 'dataProtected' },
      keeps: ['OR-19'],
    },
    {
      id: 'reboot-first',
      text: text('Switch it off and on a few times: mostly that helps', '先强制重启几次，多半就好了'),
      in: ['open.repair.diagnosing', 'open.repair.repairing'],
      breaks: ['OR-19', 'HV-51'],
      critical: true,
      explain: text(
        'A hot server that is switched on and off loses its disks. First the copy.',
        '过热的服务器反复重启容易坏盘，必须先保护数据。',
      ),
    },
    {
      id: 'download-film',
      text: text(
        'While it cools: fetch a pirated film over the clinic’s fast line',
        '等降温的工夫，用诊所的高速网下载盗版电影',
      ),
      in: ['open.repair'],
      breaks: ['GN-23'],
      explain: text(
        'The customer’s equipment is not yours, and the law holds at night as well.',
        '不得利用客户的设备和网络做违法的事，夜里也一样。',
      ),
    },
    {
      id: 'fan-replaced',
      text: text(
        'Fan replaced, room at 24 degrees: record the recovery',
        '更换风扇，机房降到24度，登记恢复过程',
      ),
      in: ['open.repair.repairing'],
      as: {
        do: 'event',
        type: 'repair.done',
        payload: {
          recovery: '备份、更换风扇、移动空调降温、开机自检、启动服务',
          place: '海河门诊部机房',
          raisedBy: '告警系统',
        },
      },
      again: true,
    },
    {
      id: 'verify-together',
      text: text(
        '“Please call up three patients’ files.” All three open',
        '“请您随便调三份病历试试。”三份都能打开',
      ),
      in: ['open.repair.verifying'],
      as: { do: 'event', type: 'verify.passed' },
      does: [says('nurse', text('It works! You saved my morning.', '好了！你可救了我了。'), 'calm')],
    },
    {
      id: 'read-a-file',
      text: text('Have a look who is coming today', '顺便看看今天都有谁来看病'),
      in: ['open.repair.verifying'],
      breaks: ['GN-06', 'HV-27'],
      critical: true,
      explain: text(
        'Patient files are read by nobody but the clinic.',
        '病历属患者隐私，除诊所人员外谁也不能看。',
      ),
    },
    {
      id: 'report',
      text: text('Write the report: kind, cause, method, loss', '填写故障报告：类别、原因、处理方法、损失'),
      in: ['reporting'],
      as: {
        do: 'event',
        type: 'report.submit',
        payload: {
          kind: 'power',
          cause: '空调停机致过热',
          method: '更换风扇并降温',
          loss: '停机2小时，无数据损失',
        },
      },
    },
    {
      id: 'explain',
      text: text(
        '“Once a month look at the fan; at 30 degrees the alarm should ring already.”',
        '“每月看一次风扇，告警温度建议调到30度。”',
      ),
      in: ['explaining'],
      as: {
        do: 'tick',
        item: 'causeExplained',
        evidence: { kind: 'text', text: '已向孟护士说明原因与预防' },
      },
      keeps: ['OR-22', 'GN-27'],
      does: [says('nurse', text('I will tell the administration.', '我转告院办。'))],
    },
    {
      id: 'close',
      text: text('Close: alarm at 30 degrees, fan checked monthly', '关闭故障：告警降到30度，风扇每月检查'),
      in: ['explaining'],
      as: { do: 'event', type: 'fault.close', payload: { prevention: '告警阈值30度，每月巡检风扇' } },
      again: true,
    },
  ],
  hidden: ['system.state', 'verify.failed', 'plan.submit', 'repair.stuck'],
  prompts: [
    {
      id: 'first-things',
      in: 'open.repair.repairing',
      text: text('What must be safe before you touch it?', '动手之前，什么必须先保住？'),
      norms: ['OR-19'],
    },
  ],
  timeLimit: 'P2D',
  rubric: {
    norms: { 'OR-18': 20, 'OR-19': 25, 'OR-22': 20, 'OR-27': 10, 'GN-27': 5 },
    critical: ['OR-19', 'OR-20', 'GN-06'],
    passMark: 80,
  },
  must: [
    {
      id: 'by-seven',
      what: { state: 'reporting' },
      title: text('Running before seven', '七点前恢复'),
      by: 'PT3H30M',
      weight: 20,
    },
  ],
  runs: {
    model: {
      title: text('Copied, repaired, reported by eight', '先备份后修复，八点前交报告'),
      steps: [...repaired, ...reported],
      expect: passes(['closed'], 'done'),
    },
    'switched-on-and-off': {
      title: text('Switched on and off', '反复重启'),
      steps: [send('fault.take', {}, 'PT5M'), move('reboot-first', 'PT1M')],
      expect: fails(['open.repair.diagnosing'], ['HV-51', 'OR-19']),
    },
    'report-after-the-weekend': {
      title: text('Too late for the patients, and the report after the weekend', '误了开诊，报告拖过周末'),
      steps: [
        send('fault.take', {}, 'PT3H'),
        move('diagnose', 'PT30M'),
        move('protect', 'PT30M'),
        move('fan-replaced', 'PT1H'),
        move('verify-together', 'PT10M'),
        move('report', 'P1DT6H'),
        move('explain', 'PT10M'),
        move('close', 'PT5M'),
      ],
      expect: fails(['closed'], ['OR-18'], 'done'),
    },
    'password-copied': {
      title: text('Took the administrator’s password along', '抄走管理员密码'),
      steps: [send('fault.take', {}, 'PT5M'), move('download-film', 'PT5M'), forbidden('OR-20', 'PT1M')],
      expect: fails(['open.repair.diagnosing'], ['GN-23', 'OR-20']),
    },
  },
}
