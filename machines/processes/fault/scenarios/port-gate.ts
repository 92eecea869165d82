/**
 * The gate of a port stands still for a day: told upwards, told to the user, a plan in time, another way found.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, sent, tells, wait } from '../../scenario-author.ts'

const stuck: Step[] = [
  move('diagnose', 'PT1H'),
  move('no-part', 'PT30M'),
  move('tell-user', 'PT10M'),
  move('report-up', 'PT5M'),
]
const ended: Step[] = [
  move('done', 'PT2H'),
  move('verify', 'PT15M'),
  move('report', 'PT3H'),
  move('explain', 'PT20M'),
  move('close', 'PT5M'),
]

export const portGate: Scenario = {
  id: 'fault-port-gate',
  process: 'fault',
  title: text('The port gate stands still', '港区闸口瘫痪'),
  briefing: text(
    'Tuesday, eight o’clock. Since five in the morning the gate system of the Xingang terminal is down, lorries queue for two kilometres. The dispatcher has assigned the fault to you. Nobody knows how long it will take.',
    '周二上午八点。新港码头闸口系统凌晨五点起瘫痪，卡车排了两公里。调度把故障派给了你，谁也不知道要修多久。',
  ),
  purpose: text(
    'What cannot be solved is told: upwards and to the user. After twelve hours an emergency plan is owed, after sixteen it is late.',
    '解决不了就如实上报并告知用户；满12小时须制定应急方案，16小时即逾期。',
  ),
  difficulty: 'hard',
  tags: ['outage', 'emergency plan', 'escalation'],
  seed: 23,
  start: {
    now: '2026-04-07T00:00:00.000Z',
    fields: {
      description: '闸口系统无法识别集装箱号，道闸不抬',
      startedAt: '2026-04-06T21:00:00.000Z',
      system: '新港码头闸口系统',
      severity: 'high',
      problemKind: 'hardware',
      customerName: '新港码头',
      region: '滨海',
    },
    trainee: {
      name: text('You, engineer', '你（工程师）'),
      roles: ['engineer'],
      certificates: [{ kind: 'product-training' }],
    },
    by: 'dispatcher',
    before: [sent('dispatcher', 'fault.assign', { engineer: 'trainee' })],
  },
  cast: {
    dispatcher: { name: text('Xiao Lin, dispatcher', '小林（调度）'), roles: ['dispatcher'], temper: 'calm' },
    gate: {
      name: text('Mr Tan, head of the gate', '谭主任（闸口主管）'),
      roles: ['customer'],
      temper: 'angry',
      about: text('Two hundred lorries, and each driver shouts at him.', '两百辆车堵着，司机都冲他吼。'),
    },
  },
  happens: [
    {
      id: 'shouts',
      when: { at: 'PT10M' },
      while: 'open',
      does: [says('gate', text('How long? Give me a time!', '到底多久能好？给个时间！'), 'angry')],
    },
    {
      id: 'no-board',
      when: { enters: 'open.repair.repairing' },
      after: 'PT15M',
      while: 'open.repair.repairing',
      does: [
        tells(
          text(
            'The controller board is burnt. The next one lies in another city.',
            '控制板烧毁，最近的备件在外地库房。',
          ),
        ),
      ],
    },
    {
      id: 'plan-owed',
      when: { enters: 'open.plan.owed' },
      does: [says('dispatcher', text('Twelve hours. Where is your plan?', '满12小时了，你的应急方案呢？'))],
    },
    {
      id: 'board-comes',
      when: { enters: 'open.repair.stuck' },
      after: { least: 'PT11H', most: 'PT13H' },
      while: 'open.repair',
      does: [tells(text('The board arrives by courier.', '专车把控制板送到了。'))],
    },
  ],
  moves: [
    {
      id: 'diagnose',
      text: text('Record: controller board burnt by overvoltage', '登记诊断：过压烧毁控制板'),
      in: ['open.repair.diagnosing'],
      as: { do: 'event', type: 'diagnosis.record', payload: { diagnosis: '电源过压，控制板烧毁' } },
    },
    {
      id: 'promise-noon',
      text: text('“It will run by noon, for certain.”', '“中午前肯定好。”'),
      in: ['open.repair'],
      breaks: ['PC-13'],
      explain: text(
        'There is no board within reach. Say what you know, and when you will know more.',
        '备件还没着落。只说已知的，并告知何时再通报进展。',
      ),
    },
    {
      id: 'no-part',
      text: text('Record: not to be solved now, the board comes tonight', '登记：暂不能解决，控制板今晚到'),
      in: ['open.repair.repairing'],
      as: { do: 'event', type: 'repair.stuck', payload: { obstacle: '本地无控制板备件，外地调货今晚到' } },
    },
    {
      id: 'tell-user',
      text: text(
        '“The board comes tonight. Until then we open two lanes by hand; I tell you every two hours.”',
        '“控制板今晚到。在此之前先人工放行两条道，每两小时向您通报一次。”',
      ),
      in: ['open.repair.stuck'],
      as: {
        do: 'tick',
        item: 'userTold',
        evidence: { kind: 'text', text: '已告知谭主任：今晚到货，先人工放行两道' },
      },
      keeps: ['OR-21', 'GN-21'],
      does: [says('gate', text('At least one who tells me something.', '总算有个给准信的。'), 'impatient')],
    },
    {
      id: 'say-nothing',
      text: text('Keep your telephone off until the board is here', '先关手机，等板子到了再说'),
      in: ['open.repair.stuck'],
      breaks: ['OR-21', 'GN-21'],
      explain: text(
        'Two hundred drivers wait for a word. Whoever cannot solve it, tells it.',
        '两百个司机等着消息，暂时解决不了也要告知用户。',
      ),
    },
    {
      id: 'report-up',
      text: text(
        'Report upwards: gate down, part tonight, two lanes by hand',
        '上报：闸口瘫痪，备件今晚到，现人工放行',
      ),
      in: ['open'],
      as: { do: 'event', type: 'escalate', payload: { what: '闸口瘫痪，备件今晚到，建议增派人手人工放行' } },
    },
    {
      id: 'keep-it-small',
      text: text('Tell the office “under control”: no need to wake anybody', '跟公司说“可控”，别惊动领导'),
      in: ['open'],
      breaks: ['OR-16'],
      explain: text('A fault of this size is reported upwards, as it is.', '重大故障须如实逐级上报。'),
    },
    {
      id: 'submit-plan',
      text: text(
        'Submit the emergency plan: hand scanners, four lanes, shifts until morning',
        '提交应急方案：手持终端、开四道、轮班到早上',
      ),
      in: ['open.plan'],
      as: {
        do: 'event',
        type: 'plan.submit',
        payload: { plan: '启用手持终端人工核验，开放四条车道，三班轮换至控制板更换完成' },
      },
    },
    {
      id: 'other-way',
      text: text('The board is here: go on', '控制板已到，继续修复'),
      in: ['open.repair.stuck'],
      as: { do: 'event', type: 'repair.otherWay', payload: { otherWay: '外地库房专车送达控制板' } },
      again: true,
    },
    {
      id: 'protect',
      text: text('Save the gate records of the day to a second disk', '先把当天过闸记录另存一份'),
      in: ['open.repair.repairing'],
      as: { do: 'tick', item: 'dataProtected' },
      keeps: ['OR-19'],
    },
    {
      id: 'done',
      text: text(
        'Board replaced, surge protector fitted: record the recovery',
        '更换控制板，加装浪涌保护，登记恢复过程',
      ),
      in: ['open.repair.repairing'],
      as: {
        do: 'event',
        type: 'repair.done',
        payload: {
          recovery: '备份记录、断电、换板、加装浪涌保护、逐道测试',
          place: '新港码头1号闸口',
          raisedBy: '谭主任',
        },
      },
      again: true,
    },
    {
      id: 'verify',
      text: text('Let ten lorries through, Mr Tan beside you', '请谭主任一起看着，连续放行十辆车'),
      in: ['open.repair.verifying'],
      as: { do: 'event', type: 'verify.passed' },
      does: [says('gate', text('Ten out of ten. Finally.', '十辆全过。总算好了。'), 'calm')],
    },
    {
      id: 'report',
      text: text('Write the report: kind, cause, method, loss', '填写故障报告：类别、原因、处理方法、损失'),
      in: ['reporting'],
      as: {
        do: 'event',
        type: 'report.submit',
        payload: { kind: 'power', cause: '雷击过压', method: '换板并加装浪涌保护', loss: '停机约17小时' },
      },
    },
    {
      id: 'explain',
      text: text('Explain the surge, and what the protector does', '讲清过压原因和浪涌保护的作用'),
      in: ['explaining'],
      as: { do: 'tick', item: 'causeExplained', evidence: { kind: 'text', text: '已向谭主任讲解' } },
      keeps: ['OR-22'],
    },
    {
      id: 'close',
      text: text(
        'Close: a spare board on the spot, protector checked yearly',
        '关闭故障：现场备一块板，浪涌保护每年检测',
      ),
      in: ['explaining'],
      as: { do: 'event', type: 'fault.close', payload: { prevention: '现场备板，浪涌保护年检' } },
      again: true,
    },
  ],
  hidden: ['system.state', 'verify.failed'],
  prompts: [
    {
      id: 'who-knows',
      in: 'open.repair.stuck',
      text: text('Who has to know that it will take longer?', '要修很久，哪些人必须知道？'),
      norms: ['OR-16', 'OR-21'],
    },
    {
      id: 'sixteen',
      in: 'open.plan.owed',
      text: text(
        'The plan is late sixteen hours after the start of the fault.',
        '故障发生满16小时仍无方案即逾期。',
      ),
      norms: ['OR-17'],
    },
  ],
  timeLimit: 'P3D',
  rubric: {
    norms: {
      'OR-16': 15,
      'OR-17': 30,
      'OR-18': 10,
      'OR-19': 10,
      'OR-21': 15,
      'OR-22': 10,
      'OR-27': 5,
      'GN-21': 5,
    },
    critical: ['OR-20'],
    passMark: 80,
  },
  runs: {
    model: {
      title: text('Told, planned, and ended by midnight', '有上报、有告知、有方案，当夜恢复'),
      steps: [
        ...stuck,
        move('submit-plan', 'PT8H30M'),
        move('other-way', 'PT4H'),
        move('protect', 'PT10M'),
        ...ended,
      ],
      expect: passes(['closed'], 'done'),
    },
    'no-plan': {
      title: text('“By noon”, and then silence', '“中午肯定好”，然后没了下文'),
      steps: [
        move('diagnose', 'PT1H'),
        move('promise-noon', 'PT5M'),
        move('no-part', 'PT30M'),
        move('keep-it-small', 'PT5M'),
        move('say-nothing', 'PT5M'),
        wait('PT13H'),
        move('other-way', 'PT5M'),
        move('tell-user', 'PT5M'),
        move('other-way', 'PT1M'),
        move('protect', 'PT10M'),
        ...ended,
      ],
      expect: fails(['closed'], ['GN-21', 'OR-16', 'OR-17', 'OR-21', 'PC-13'], 'done'),
    },
  },
}
