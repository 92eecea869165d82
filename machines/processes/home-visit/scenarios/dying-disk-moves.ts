/**
 * What can be said and done about the dying disk.
 *
 * Must not: know the ways that are known to end well or badly (`dying-disk-runs.ts`).
 */
import type { Move } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { says, sends, signature, tells, ticks, written } from '../../scenario-author.ts'

export const service = 'onSite.visit.service'
const protecting = `${service}.repairing.disk.protecting`

export const diskMoves: Move[] = [
  {
    id: 'ask-user',
    text: text('Ask Ms Tang, who works on it, what happens and when', '向使用人唐静询问故障现象和发生时间'),
    in: [`${service}.assessing`],
    as: { do: 'tick', item: 'faultAskedAfter' },
    keeps: ['HV-14', 'HV-59'],
    does: [
      says(
        'user',
        text('Since Tuesday. It clicks, then everything stands still.', '周二开始的，咔咔响几声就卡住不动。'),
      ),
    ],
  },
  {
    id: 'guess-aloud',
    text: text(
      '“Certainly a virus. You young people click on everything.”',
      '“肯定是中毒了，你们年轻人什么都乱点。”',
    ),
    in: [`${service}.assessing`],
    breaks: ['HV-48', 'GN-20'],
    does: [says('user', text('I have clicked on nothing!', '我什么都没点过！'), 'angry')],
    explain: text(
      'No remarks before the fault is understood, least of all about people.',
      '故障未明不得随口评论，更不能指责客户。',
    ),
  },
  {
    id: 'diagnose',
    text: text(
      'Diagnose by the disk’s own record: failing sectors, a fault of making',
      '读取硬盘自检记录，诊断：坏道增长，生产缺陷',
    ),
    in: [`${service}.assessing`],
    as: {
      do: 'event',
      type: 'fault.diagnosed',
      payload: {
        diagnosis: '硬盘坏道持续增长',
        cause: 'manufacture',
        damageByPeople: '无',
        serialNumber: 'AX-D30-8841',
        purchaseDate: '2025-09-01',
      },
    },
  },
  {
    id: 'ask-leave-to-call',
    text: text(
      '“The store is calling about your disk. May I take it for a moment?”',
      '“库房来电说硬盘的事，我可以接一下吗？”',
    ),
    in: [`${service}.solution`],
    as: { do: 'event', type: 'phone.ask', payload: { telephone: 'own', aboutRepair: true } },
    does: [says('chief', text('Take it.', '接吧。')), ticks('chief', 'phoneLeave', written('傅律师'))],
  },
  {
    id: 'just-answer',
    text: text('Answer the telephone in the middle of his sentence', '他正说着话，直接接起电话'),
    in: [`${service}.solution`],
    breaks: ['HV-43'],
    explain: text(
      'While talking with a customer a call needs his leave.',
      '与客户交谈时接电话须先征得许可。',
    ),
  },
  {
    id: 'propose',
    text: text(
      'Propose: new disk free of charge, data copied over first',
      '提出方案：先备份数据，免费更换硬盘',
    ),
    in: [`${service}.solution.free`],
    as: {
      do: 'event',
      type: 'remedy.choose',
      payload: { remedy: 'repair', plan: '备份数据后更换硬盘并重装系统' },
    },
  },
  {
    id: 'ask-signature',
    text: text('“Please read the plan, and sign before I begin.”', '“请您看一下方案，签字后我再开始。”'),
    in: [`${service}.solution.signing`],
    keeps: ['HV-18'],
    does: [ticks('chief', 'solutionSignature', signature('傅律师')), sends('chief', 'solution.sign')],
  },
  {
    id: 'begin-unsigned',
    text: text('He is busy: begin, he can sign afterwards', '他正忙，先动手，回头再补签'),
    in: [`${service}.solution.signing`],
    breaks: ['HV-18'],
    critical: true,
    explain: text(
      'No work before the signature. Afterwards nobody agreed to anything.',
      '未签字不得动工，事后谁也没同意过任何方案。',
    ),
  },
  {
    id: 'begin-disk',
    text: text('Prepare the work on the disk', '准备更换硬盘'),
    in: [`${service}.repairing.choosing`],
    as: { do: 'event', type: 'disk.begin', payload: { operation: 'replace' } },
  },
  {
    id: 'ask-data',
    text: text(
      '“Ms Tang, what on this disk must not be lost?”',
      '“唐小姐，这块盘上有哪些绝对不能丢的资料？”',
    ),
    in: [protecting],
    as: { do: 'tick', item: 'dataAskedAfter' },
    keeps: ['HV-19'],
    does: [says('user', text('The Wanfeng files, and my mail!', '万丰案的材料，还有邮件！'), 'worried')],
  },
  {
    id: 'copy-disk',
    text: text(
      'Copy it to the office’s own disk, and let her open three files from the copy',
      '备份到事务所的移动硬盘，请她当场打开三个文件确认',
    ),
    in: [protecting],
    as: {
      do: 'tick',
      item: 'dataBackedUp',
      evidence: { kind: 'text', text: '事务所移动硬盘，使用人已抽查' },
    },
    keeps: ['HV-19', 'HV-50'],
    does: [says('user', text('They open. All there.', '都能打开，都在。'), 'calm')],
  },
  {
    id: 'user-signs',
    text: text(
      '“The disclaimer is signed by whoever uses the machine: Ms Tang, please.”',
      '“免责声明要由机器使用人签，麻烦唐小姐。”',
    ),
    in: [protecting],
    keeps: ['HV-19'],
    does: [ticks('user', 'disclaimerSignature', signature('唐静'))],
  },
  {
    id: 'chief-signs',
    text: text('Let Mr Fu sign: he is in a hurry and pays', '让傅律师签，他着急又是付款的人'),
    in: [protecting],
    breaks: ['HV-19'],
    critical: true,
    explain: text(
      'He does not know what is on it. Whoever uses the machine confirms and signs.',
      '他不清楚盘里有什么，须由机器使用人确认并签字。',
    ),
  },
  {
    id: 'no-backup',
    text: text(
      'Put the new disk in first: the old one can be read later',
      '先把新盘换上，旧盘的数据以后再读',
    ),
    in: [`${service}.repairing`],
    if: { '@expr': '!job.dataProtected', '@lang': 'cel' },
    breaks: ['HV-19', 'HV-51'],
    critical: true,
    explain: text(
      'A clicking disk may start once more, or never. Backup first.',
      '异响的硬盘可能再也启动不了，必须先备份。',
    ),
  },
  {
    id: 'watch-password',
    text: text(
      'Look over her shoulder while she types, to spare asking later',
      '她输密码时瞄一眼，省得待会儿再问',
    ),
    in: [`${service}.repairing`, `${service}.finishing`],
    breaks: ['HV-27'],
    critical: true,
    explain: text(
      'Passwords are not watched. Let her type, and look away.',
      '不得窥视密码，她输入时请转过身去。',
    ),
  },
  {
    id: 'ask-leave-to-open',
    text: text('“May I open the case?”', '“我可以打开机箱吗？”'),
    in: [`${service}.repairing.hardware.opening`],
    as: { do: 'tick', item: 'leaveToOpen', evidence: { kind: 'text', text: '傅律师' } },
    keeps: ['HV-21'],
    does: [says('chief', text('Do.', '开吧。'))],
  },
  {
    id: 'lay-out-tools',
    text: text('Spread a cloth, lay out tools and screws in order', '铺好垫布，工具和螺丝依次摆放'),
    in: [`${service}.repairing.hardware`],
    keeps: ['HV-22'],
  },
  {
    id: 'open-discharged',
    text: text('Press the power button three times, then open', '按三次电源键放完静电再开机箱'),
    in: [`${service}.repairing.hardware.opening`],
    as: { do: 'event', type: 'case.open', payload: { powerButtonPresses: 3 } },
    keeps: ['HV-20'],
    again: true,
  },
  {
    id: 'open-charged',
    text: text('Open at once: a little static harms nothing', '直接开，一点静电没事'),
    in: [`${service}.repairing.hardware.opening`],
    breaks: ['HV-20'],
    explain: text('What static kills is seen weeks later.', '静电造成的损坏往往几周后才显现。'),
  },
  {
    id: 'tell-scratch',
    text: text(
      '“I have scratched your lid. I am sorry; I am reporting it.”',
      '“我不小心划伤了侧盖，非常抱歉，我马上上报。”',
    ),
    in: [`${service}.repairing.hardware.opened`],
    as: { do: 'event', type: 'damage.report', payload: { what: '机箱侧盖划痕约5厘米' } },
    does: [says('chief', text('Good that you say so.', '你能主动说，不错。'), 'calm')],
  },
  {
    id: 'hide-scratch',
    text: text('Turn the lid to the wall: nobody saw it', '把那面转向墙，反正没人看见'),
    in: [`${service}.repairing.hardware.opened`],
    breaks: ['HV-52'],
    explain: text(
      'Damage is told at once. What is found later costs the customer’s trust.',
      '造成损坏须立即告知，事后被发现就失去客户信任。',
    ),
  },
  {
    id: 'replace-unsaved',
    text: text(
      'Put the new disk in; note both serial numbers and the stock',
      '换上新硬盘，登记新旧序列号和库存',
    ),
    in: [`${service}.repairing.hardware.opened`],
    if: { '@expr': '!job.dataProtected', '@lang': 'cel' },
    breaks: ['HV-19'],
    critical: true,
    explain: text(
      'The data has not been backed up and the disclaimer not signed: the disk stays where it is until then.',
      '数据尚未备份、免责声明尚未签署，在此之前不得动硬盘。',
    ),
  },
  {
    id: 'replace-disk',
    text: text(
      'Put the new disk in; note both serial numbers and the stock',
      '换上新硬盘，登记新旧序列号和库存',
    ),
    in: [`${service}.repairing.hardware.opened`],
    if: { '@expr': 'job.dataProtected', '@lang': 'cel' },
    as: {
      do: 'event',
      type: 'part.replace',
      payload: {
        part: '硬盘1TB',
        oldSerial: 'HD-77120',
        newSerial: 'HD-90455',
        count: 1,
        stockCount: 6,
        disk: true,
      },
    },
    does: [ticks('chief', 'replacementSignature', signature('傅律师'))],
    again: true,
  },
  {
    id: 'verify-together',
    text: text(
      '“Please open everything you need in a day, the scanner too.”',
      '“请把您平时用的都打开试试，扫描仪也试一下。”',
    ),
    in: [`${service}.finishing.verifying`],
    keeps: ['HV-30'],
    again: true,
    does: [
      tells(text('Files, mail, printer: all in order.', '文件、邮件、打印机都正常。')),
      ticks('user', 'customerVerified'),
    ],
  },
]
