/**
 * Known ways through the dying disk: by the book, and the shortcuts that cost data or trust.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, send, tick, wait, written } from '../../scenario-author.ts'
import { service } from './dying-disk-moves.ts'

const assessed: Step[] = [
  tick('casingInspected', 'PT1M'),
  tick('powerInspected', 'PT1M'),
  move('ask-user', 'PT1M'),
  tick('faultReproduced', 'PT3M'),
  tick('talkNotes', 'PT1M', written('周二起异响卡顿，资料仅此一份')),
  move('diagnose', 'PT5M'),
]
const agreed: Step[] = [
  ...['faultExplained', 'causeExplained', 'planExplained', 'warrantyExplained'].map((item) =>
    tick(item, 'PT30S'),
  ),
  send('explanation.done', {}, 'PT30S'),
  move('propose', 'PT1M'),
]
const onThePhone: Step[] = [
  move('ask-leave-to-call', 'PT30S'),
  send('phone.begin', {}, 'PT5S'),
  send('phone.end', {}, 'PT1M'),
]
const signed: Step[] = [...assessed, ...agreed, ...onThePhone, move('ask-signature', 'PT1M')]
const diskSafe: Step[] = [
  move('begin-disk', 'PT1M'),
  move('ask-data', 'PT1M'),
  move('copy-disk', 'PT30M'),
  move('user-signs', 'PT1M'),
  send('disk.start', { machineUser: '唐静' }, 'PT1M'),
  send('disk.done', {}, 'PT2M'),
]
const opened: Step[] = [
  send('hardware.begin', {}, 'PT1M'),
  move('lay-out-tools', 'PT1M'),
  move('ask-leave-to-open', 'PT10S'),
  tick('cordOut', 'PT20S'),
  tick('batteryOut', 'PT20S'),
  move('open-discharged', 'PT20S'),
]
const owned: Step[] = [
  move('tell-scratch', 'PT1M30S'),
  tick('damageTold', 'PT10S'),
  tick('damageAgreed', 'PT2M', written('更换侧盖，费用由我方承担')),
  send('damage.handled', { handling: '三日内更换侧盖' }, 'PT1M'),
]
const replaced: Step[] = [
  move('replace-disk', 'PT5M'),
  tick('machineCleaned', 'PT3M'),
  send('case.close', {}, 'PT2M'),
]
const software = (minutes: string): Step[] => [
  send('software.begin', {}, 'PT1M'),
  tick('softwareBackup', 'PT1M', written('事务所移动硬盘')),
  send('software.start', {}, 'PT10S'),
  send('software.done', {}, minutes),
]
const finished: Step[] = [
  send('repair.done', {}, 'PT10S'),
  ...['systemCleaned', 'systemOptimised', 'harmlessChecked', 'electricalChecked'].map((item) =>
    tick(item, 'PT1M'),
  ),
  send('system.tuned', {}, 'PT10S'),
]
const verified: Step[] = [
  move('verify-together', 'PT2M'),
  ...['faultGone', 'screwsAndCables', 'driversInOrder', 'dataIntact'].map((item) => tick(item, 'PT20S')),
  send('verification.pass', {}, 'PT20S'),
]
const told: Step[] = [
  ...[
    'causeToldAfter',
    'partsToldAfter',
    'workToldAfter',
    'preventionTold',
    'useTaught',
    'inChargeInformed',
  ].map((item) => tick(item, 'PT20S')),
  send('work.explained', {}, 'PT20S'),
]

export const runs: Scenario['runs'] = {
  model: {
    title: text('By the book, and honest about the scratch', '按规范维修，划伤如实相告'),
    steps: [
      ...signed,
      ...diskSafe,
      ...opened,
      ...owned,
      ...replaced,
      ...software('PT30M'),
      ...finished,
      wait('PT2M'),
      ...software('PT10M'),
      ...finished,
      ...verified,
      ...told,
    ],
    expect: passes([`${service}.closing.tidying`]),
  },
  'backup-later': {
    title: text('The new disk first, the backup later', '先换盘，后备份'),
    steps: [...signed, move('no-backup', 'PT1M')],
    expect: fails([`${service}.repairing.choosing`], ['HV-19', 'HV-51']),
  },
  'wrong-signature': {
    title: text('The chief signs for what he never used', '让不用机器的人签字'),
    steps: [
      ...signed,
      move('begin-disk', 'PT1M'),
      move('ask-data', 'PT1M'),
      move('copy-disk', 'PT30M'),
      move('chief-signs', 'PT1M'),
    ],
    expect: fails([`${service}.repairing.disk.protecting`], ['HV-19']),
  },
  unsigned: {
    title: text('A guess, a call in between, work before the signature', '乱猜、随手接电话、未签先动工'),
    steps: [
      move('guess-aloud', 'PT30S'),
      ...assessed,
      move('just-answer', 'PT10S'),
      ...agreed,
      move('begin-unsigned', 'PT10S'),
    ],
    expect: fails([`${service}.solution.signing`], ['GN-20', 'HV-18', 'HV-43', 'HV-48']),
  },
  'disk-at-once': {
    title: text('Straight to the disk, and to the password', '直接动硬盘，还偷看密码'),
    steps: [
      ...signed,
      send('hardware.begin', {}, 'PT1M'),
      move('open-charged', 'PT10S'),
      move('ask-leave-to-open', 'PT10S'),
      tick('cordOut', 'PT20S'),
      tick('batteryOut', 'PT20S'),
      move('open-discharged', 'PT20S'),
      move('hide-scratch', 'PT90S'),
      move('watch-password', 'PT1M'),
    ],
    expect: fails([`${service}.repairing.hardware.opened`], ['HV-20', 'HV-27', 'HV-52']),
  },
  'unsaved-disk': {
    title: text('The disk replaced before its data is safe', '数据未保护就换硬盘'),
    steps: [...signed, ...opened, move('replace-unsaved', 'PT2M')],
    expect: fails([`${service}.repairing.hardware.opened`], ['HV-19']),
  },
}
