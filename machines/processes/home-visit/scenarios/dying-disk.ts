/**
 * A dying disk with the only copy of the files: nothing on the disk before backup and the user's own signature. Its
 * examination stands for the product training.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { says, sends, tells } from '../../scenario-author.ts'
import { diskMoves, service } from './dying-disk-moves.ts'
import { runs } from './dying-disk-runs.ts'
import { dispatcher, engineer, inside, OTHERS } from './people.ts'

export const dyingDisk: Scenario = {
  id: 'visit-dying-disk',
  process: 'home-visit',
  title: text('The clicking disk', '咔咔作响的硬盘'),
  briefing: text(
    'Friday, half past nine, at a law office. Ms Tang’s computer hangs and clicks. Mr Fu, her chief, pays; Ms Tang works on it. A new disk is in your bag. You stand before the machine.',
    '周五上午九点半，某律师事务所。唐静的电脑卡顿并咔咔作响；付款的是傅律师，用机器的是唐静。你包里有一块新硬盘，已到机器前。',
  ),
  purpose: text(
    'The whole repair by the book: diagnosis, signature, data protection by whoever uses the machine, static, serial numbers, verifying together, and honesty about a scratch.',
    '完整的规范维修：诊断、签字、由使用人确认数据保护、放静电、登记序列号、共同验机；划伤了如实相告。',
  ),
  difficulty: 'hard',
  tags: ['disk', 'data', 'repair'],
  seed: 42,
  start: {
    now: '2026-03-27T01:00:00.000Z',
    fields: {
      timeWanted: '2026-03-27T02:00:00.000Z',
      problem: '电脑卡顿，硬盘有异响',
      problemKind: 'hardware',
      severity: 'high',
      customerName: '明诚律师事务所',
      customerContact: '傅律师',
      customerPhone: '13500008080',
      customerAddress: '解放路100号1204室',
      region: '上城',
      distanceBand: 'near',
    },
    trainee: engineer,
    by: 'dispatcher',
    before: inside('2026-03-27T02:00:00.000Z', '傅律师'),
  },
  cast: {
    dispatcher,
    chief: {
      name: text('Mr Fu, lawyer', '傅律师'),
      roles: ['customer'],
      temper: 'impatient',
      about: text('Signs for the office, never touches this computer.', '负责签字付款，从不碰这台电脑。'),
    },
    user: {
      name: text('Ms Tang Jing, his secretary', '唐静（律师助理）'),
      roles: ['customer'],
      temper: 'worried',
      about: text('All files of the Wanfeng case lie on this disk.', '万丰案的全部材料都在这块盘上。'),
    },
  },
  happens: [
    {
      id: 'rings',
      when: { enters: `${service}.solution` },
      after: 'PT1M',
      while: 'onSite.telephone.silent',
      does: [
        tells(
          text(
            'Your telephone vibrates: the store, about the disk you asked for.',
            '你的手机震动：库房来电，回复你问的硬盘。',
          ),
        ),
      ],
    },
    {
      id: 'presses',
      when: { enters: `${service}.repairing.disk.protecting` },
      after: 'PT30S',
      while: `${service}.repairing.disk.protecting`,
      does: [
        says(
          'chief',
          text('I sign for everything here. Get on with it!', '这儿我说了算，我签就行，赶紧换！'),
          'impatient',
        ),
      ],
    },
    {
      id: 'slips',
      when: { enters: `${service}.repairing.hardware.opened` },
      while: `${service}.repairing.hardware.opened`,
      does: [
        tells(
          text(
            'The screwdriver slips: a scratch across the lid. Nobody saw it.',
            '螺丝刀一滑，机箱侧盖划了一道，没人看见。',
          ),
        ),
      ],
    },
    {
      id: 'bluescreen',
      when: { enters: `${service}.finishing.verifying` },
      after: 'PT5S',
      while: `${service}.finishing.verifying`,
      does: [
        tells(text('Ms Tang opens the scanner: a blue screen.', '唐静一打开扫描仪，电脑蓝屏了。')),
        sends('user', 'verification.fail', { problem: '打开扫描仪时蓝屏' }),
      ],
    },
  ],
  moves: diskMoves,
  hidden: [...OTHERS, 'verification.fail'],
  prompts: [
    {
      id: 'who-uses-it',
      in: `${service}.repairing.disk.protecting`,
      text: text('Whose data is it? Who signs?', '数据是谁的？该由谁签？'),
      norms: ['HV-19'],
    },
  ],
  until: [`${service}.closing`],
  timeLimit: 'PT4H',
  rubric: {
    norms: {
      'HV-14': 5,
      'HV-16': 5,
      'HV-17': 5,
      'HV-18': 10,
      'HV-19': 20,
      'HV-20': 5,
      'HV-21': 5,
      'HV-22': 5,
      'HV-23': 5,
      'HV-30': 10,
      'HV-31': 5,
      'HV-49': 5,
      'HV-50': 5,
      'HV-52': 10,
      'HV-53': 5,
      'HV-54': 5,
      'HV-56': 5,
      'GN-14': 5,
      'GN-27': 5,
    },
    critical: ['HV-18', 'HV-19', 'HV-27', 'HV-49', 'HV-50'],
    passMark: 90,
  },
  grants: { certificate: 'product-training', validFor: 'P365D' },
  runs,
}
