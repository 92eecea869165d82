/**
 * An antenna on a roof: certificate, harness, fixed point; nothing thrown, nobody sent up who may not go.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, tells, tick, wait, written } from '../../scenario-author.ts'
import { colleague, engineer, equipped, foreman, officer } from './people.ts'

const permit = [
  tick('areaClear', 'PT3M'),
  tick('harnessChecked', 'PT2M'),
  tick('anchorFixed', 'PT2M'),
  move('ask-permit', 'PT1M'),
]
const gear = [
  ...['helmet', 'shoes', 'goggles', 'gloves', 'harness'].map((item) => tick(item, 'PT10S')),
  send('work.start', {}, 'PT1M'),
]
const hazard = [
  send('hazard.find', { what: '女儿墙护栏松动' }, 'PT1M'),
  tick('hazardReported', 'PT1M', written('孙伟')),
  tick('hazardIsolated', 'PT1M'),
  tick('hazardMarked', 'PT1M'),
]
const home = [
  send('climb.end', {}, 'PT10M'),
  send('day.end', {}, 'PT1M'),
  tick('machinesOff', 'PT1M'),
  tick('areaClean', 'PT5M'),
  tick('gearReturned', 'PT2M'),
  send('site.secure', {}, 'PT1M'),
]

export const onTheRoof: Scenario = {
  id: 'site-on-the-roof',
  process: 'site-safety',
  title: text('An antenna on the roof', '楼顶换天线'),
  briefing: text(
    'The microwave antenna on the roof of Jinhai Logistics, 18 metres up, is to be replaced. Survey and equipment are done. You hold the certificate for work at height; Xiao Zhou, who came along to help, does not. Get the permit, do the work, bring everything down and leave the site in order.',
    '金海物流楼顶18米高处的微波天线要更换。勘察和设备检查已完成。你持有高处作业证；来帮忙的小周没有。请取得许可、完成作业、把东西安全带下来，并整理好现场。',
  ),
  purpose: text(
    'The permit before the climb, a hazard stops everything, and nothing falls from a roof.',
    '先许可后登高；发现隐患立即停工；高处不抛一物。',
  ),
  difficulty: 'medium',
  tags: ['height', 'permit', 'hazard'],
  seed: 23,
  start: {
    now: '2026-03-04T00:30:00.000Z',
    fields: {
      site: '金海物流仓库楼顶',
      title: '更换微波天线',
      workKinds: ['height'],
      customerName: '金海物流',
    },
    trainee: engineer('work-at-height'),
    before: equipped('楼顶女儿墙高1.1米，锚点在楼梯间外墙；下方为装卸通道'),
  },
  cast: { officer, foreman, colleague },
  happens: [
    {
      id: 'helper',
      when: { enters: 'open.work.regular.permitting' },
      after: 'PT1M',
      does: [
        says(
          'colleague',
          text(
            'I can nip up and unscrew it while you do the paperwork.',
            '你办手续，我先爬上去把螺丝拧了吧？',
          ),
        ),
      ],
    },
    {
      id: 'crane',
      when: { chosen: { event: 'climb.start' } },
      after: 'PT2M',
      times: 1,
      does: [
        tells(
          text(
            'Below, a signaller raises both arms: stop. A lorry is backing under your ladder.',
            '下方的指挥员举起双臂：停！一辆货车正倒进你梯子下方的通道。',
          ),
        ),
      ],
    },
    {
      id: 'rail',
      when: { chosen: { move: 'obey' } },
      after: 'PT3M',
      does: [
        tells(
          text('You rest a hand on the rail beside you. It gives.', '你手扶旁边的护栏，护栏晃了一下——松了。'),
        ),
      ],
    },
    {
      id: 'cleared',
      when: { chosen: { item: 'hazardMarked' } },
      after: 'PT15M',
      while: 'open.incidents.hazard.found',
      does: [
        says(
          'officer',
          text(
            'The rail is bolted again. Check your gear and go on.',
            '护栏已重新固定。复查护具后可以继续。',
          ),
        ),
        sends('officer', 'hazard.clear', { measures: '护栏螺栓更换并加固' }),
      ],
    },
  ],
  moves: [
    {
      id: 'ask-permit',
      text: text('Ask the safety officer for the permit', '请安全员签发高处作业许可'),
      in: ['open.work.regular.permitting.height.applying'],
      again: true,
      does: [sends('officer', 'height.permit', { worker: 'trainee' })],
    },
    {
      id: 'send-zhou',
      text: text('“Good idea, go up already.”', '“好，你先上去。”'),
      in: ['open.work.regular.permitting', 'open.work.regular.gearing', 'open.work.regular.working'],
      breaks: ['SS-12'],
      critical: true,
      explain: text(
        'He has no certificate for work at height. Nobody goes up without one, not for a minute.',
        '他没有高处作业证。无证者一分钟也不能登高。',
      ),
    },
    {
      id: 'keep-zhou',
      text: text(
        '“You have no certificate. Please keep people out of the area below.”',
        '“你没有证，不能上去。请帮我看住下面的警戒区。”',
      ),
      in: ['open.work.regular.permitting', 'open.work.regular.gearing', 'open.work.regular.working'],
      keeps: ['SS-12'],
      does: [says('colleague', text('All right, I will stand by the tape.', '好，我守在警戒带旁。'))],
    },
    {
      id: 'obey',
      text: text('Stop and wait for the signal', '停下，等指挥信号'),
      in: ['open.work.regular.working.height.aloft'],
      keeps: ['SS-07', 'SS-32'],
      does: [tells(text('The lorry is gone. The signaller waves you on.', '货车开走，指挥员示意继续。'))],
    },
    {
      id: 'ignore',
      text: text('Go on, it is only a lorry', '一辆货车而已，接着干'),
      in: ['open.work.regular.working.height.aloft'],
      breaks: ['SS-07'],
      explain: text(
        'Whoever gives signals sees what you do not.',
        '指挥员看得到你看不到的危险，信号必须服从。',
      ),
    },
    {
      id: 'throw',
      text: text('Throw the old bracket down to save a trip', '把旧支架直接扔下去，省得跑一趟'),
      in: ['open.work.regular.working.height.aloft'],
      breaks: ['SS-13'],
      critical: true,
      explain: text(
        'Nothing is thrown from a height. It is lowered on a rope.',
        '高处严禁抛物，须用绳索吊放。',
      ),
    },
    {
      id: 'lean',
      text: text('Lean on the rail, it will hold', '靠在护栏上干活，应该没事'),
      in: ['open.work.regular.working.height.aloft'],
      breaks: ['SS-13'],
      explain: text('Never lean on rails that are not steady.', '不得倚靠不稳的栏杆。'),
    },
    {
      id: 'lower',
      text: text(
        'Lower the old antenna on the rope and bring the tools down in the bag',
        '用绳索吊放旧天线，工具装袋带下',
      ),
      in: ['open.work.regular.working.height.aloft'],
      keeps: ['SS-10', 'SS-13'],
    },
  ],
  hidden: [
    'hazard.clear',
    'violation.report',
    'fire.discover',
    'power.fail',
    'leak.find',
    'accident.happen',
    'emergency.declare',
    'overtime.agree',
    'break.start',
    'break.end',
  ],
  prompts: [
    {
      id: 'harness',
      in: 'open.work.regular.gearing',
      text: text(
        'At height the harness is gear like the helmet.',
        '高处作业时，安全带与安全帽一样必不可少。',
      ),
      norms: ['SS-04', 'SS-12'],
    },
    {
      id: 'again',
      in: 'open.work.suspended',
      text: text(
        'Report, isolate, mark; then gear again before going back.',
        '上报、隔离、警示；复工前再查护具。',
      ),
      norms: ['SS-06', 'SS-29'],
    },
  ],
  must: [
    {
      id: 'hazard',
      what: { event: 'hazard.find' },
      title: text('The loose rail is reported', '上报松动的护栏'),
      norm: 'SS-06',
      weight: 15,
    },
    {
      id: 'lowered',
      what: { move: 'lower' },
      title: text('Things come down on the rope', '物品用绳索吊下'),
      norm: 'SS-13',
    },
    {
      id: 'signal',
      what: { move: 'obey' },
      title: text('The signal is obeyed', '服从指挥信号'),
      norm: 'SS-07',
      weight: 5,
    },
  ],
  until: ['open.work.regular.resting'],
  timeLimit: 'PT4H',
  rubric: {
    norms: { 'SS-12': 20, 'SS-29': 10, 'SS-04': 5, 'SS-06': 15, 'SS-17': 5, 'SS-27': 5, 'SS-28': 5 },
    critical: ['SS-12', 'SS-13', 'SS-29'],
    passMark: 85,
  },
  grants: { certificate: 'work-at-height', validFor: 'P1Y' },
  runs: {
    safe: {
      title: text('Up and down safely', '安全上下'),
      steps: [
        move('keep-zhou', 'PT2M'),
        ...permit,
        ...gear,
        send('climb.start', {}, 'PT2M'),
        move('obey', 'PT2M'),
        wait('PT3M'),
        ...hazard,
        tick('gearCheckedAgain', 'PT16M'),
        send('work.resume', {}, 'PT1M'),
        move('lower', 'PT30M'),
        ...home,
      ],
      expect: passes(['open.work.regular.resting']),
    },
    thrown: {
      title: text('The bracket is thrown down', '把支架扔了下去'),
      steps: [...permit, ...gear, send('climb.start', {}, 'PT2M'), move('throw', 'PT5M')],
      expect: fails(['open.work.regular.working'], ['SS-13']),
    },
    'no-harness': {
      title: text('In without the harness', '未系安全带就要开工'),
      steps: [
        ...permit,
        ...['helmet', 'shoes', 'goggles', 'gloves'].map((item) => tick(item, 'PT10S')),
        send('work.start', {}, 'PT1M'),
      ],
      expect: fails(['open.work.regular.gearing'], ['SS-04', 'SS-12', 'SS-29']),
    },
    uncertified: {
      title: text('The colleague without a certificate goes up', '让无证同事登高'),
      steps: [move('send-zhou', 'PT2M')],
      expect: fails(['open.work.regular.permitting'], ['SS-12']),
    },
  },
}
