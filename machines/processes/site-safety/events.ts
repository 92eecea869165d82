/**
 * Who may tell a site safety permit what, and what each event carries.
 *
 * Promises: what saves lives (hazard, fire, power cut, leak, accident, emergency) anyone on site may send, and it
 * asks for no more than a few words.
 * Must not: say what an event does (the regions do).
 */
import type { EventRole, EventSchema, Field, Text } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { decision, long, person, short, workKinds } from './fields.ts'

const event = (
  title: Text,
  roles: EventRole[],
  required: Record<string, Field> = {},
  norms: string[] = [],
): EventSchema => ({ properties: required, required: Object.keys(required), meta: { title, roles, norms } })

const WORKER: EventRole[] = ['engineer']
const OFFICER: EventRole[] = ['safety-officer']
const WORKER_OR_OFFICER: EventRole[] = ['engineer', 'safety-officer']
const ANYONE: EventRole[] = ['engineer', 'safety-officer', 'dispatcher', 'front-desk', 'customer']

const what = long(text('What', '情况'))
const reportedTo = short(text('Reported to', '上报对象'))
const measures = long(text('Measures taken', '处置措施'))
const reason = long(text('Reason', '原因'))
const worker = (norm: string): Field => person(text('Worker', '作业人员'), { norms: [norm] })

const preparation: Record<string, EventSchema> = {
  'training.show': event(text('Show the safety certificate', '出示安全培训证书'), WORKER, {}, ['SS-01']),
  'drawings.finish': event(text('Papers read', '图纸资料已阅'), WORKER, {}, ['SS-02']),
  'survey.finish': event(
    text('Survey finished', '完成勘察'),
    WORKER,
    { survey: long(text('Findings of the survey', '勘察结果'), { norms: ['SS-05'] }) },
    ['SS-05'],
  ),
  'equipment.fault': event(
    text('Something is faulty or worn', '设备或护具故障、失效'),
    WORKER_OR_OFFICER,
    { what },
    ['SS-03', 'SS-30'],
  ),
  'equipment.mend': event(text('Repaired or replaced', '已修复或更换'), WORKER_OR_OFFICER, {}, [
    'SS-03',
    'SS-30',
  ]),
  'equipment.pass': event(text('Equipment is in order', '设备工具完好'), WORKER, {}, ['SS-03']),
  'worker.admit': event(text('Admit a worker', '准入作业人员'), OFFICER, { worker: worker('SS-01') }, [
    'SS-01',
  ]),
}

const permits: Record<string, EventSchema> = {
  'height.permit': event(
    text('Permit work at height', '批准高处作业'),
    OFFICER,
    { worker: worker('SS-12') },
    ['SS-12'],
  ),
  'machinery.permit': event(
    text('Permit machine work', '批准机械作业'),
    OFFICER,
    { worker: worker('SS-14') },
    ['SS-14'],
  ),
  'electrical.permit': event(
    text('Permit electrical work', '批准电气作业'),
    OFFICER,
    { worker: worker('SS-01') },
    ['SS-01', 'SS-18'],
  ),
  'goods.permit': event(
    text('Permit work with dangerous goods', '批准危险品作业'),
    OFFICER,
    { worker: worker('SS-01') },
    ['SS-01', 'SS-20'],
  ),
  'permit.extend': event(text('Change the kinds of work', '变更作业类别'), OFFICER, { workKinds }),
  'permit.revoke': event(text('Revoke the permit', '吊销许可'), OFFICER, { reason }, ['SS-26']),
}

const work: Record<string, EventSchema> = {
  'work.start': event(text('Enter the work area', '进入作业区'), WORKER, {}, ['SS-01', 'SS-29']),
  'climb.start': event(text('Go up', '登高'), WORKER, {}, ['SS-12']),
  'climb.end': event(text('Come down', '下至地面'), WORKER),
  'machine.start': event(text('Start a machine', '启动机械'), WORKER, {}, ['SS-14']),
  'machine.stop': event(text('Stop the machine', '停机'), WORKER),
  'machine.odd': event(text('A machine behaves oddly', '机械异常'), WORKER_OR_OFFICER, { what }, ['SS-15']),
  'machine.mend': event(
    text('Machine repaired', '机械已检修'),
    OFFICER,
    { worker: worker('SS-15'), measures },
    ['SS-15'],
  ),
  'electrical.check': event(text('Electrical inspection done', '完成电气巡检'), WORKER, {}, ['SS-18']),
  'goods.take': event(text('Take out dangerous goods', '领用危险品'), WORKER, {}, ['SS-20']),
  'goods.putBack': event(text('Put dangerous goods back', '归还危险品'), WORKER, {}, ['SS-20']),
  'break.start': event(text('Start a break', '开始休息'), WORKER),
  'break.end': event(text('End the break', '结束休息'), WORKER),
  'overtime.agree': event(
    text('Agree to overtime', '同意加班'),
    WORKER,
    {
      minutes: {
        type: 'integer',
        minimum: 1,
        maximum: 120,
        meta: { title: text('Minutes', '分钟数'), norms: ['GN-02'] },
      },
    },
    ['GN-02', 'SS-08'],
  ),
  'day.end': event(text("End the day's work", '当日收工'), WORKER_OR_OFFICER, {}, ['SS-17']),
  'site.secure': event(text('Site left in order', '现场清理完毕'), WORKER, {}, ['SS-17', 'SS-27', 'SS-28']),
  'day.start': event(text('Start another day', '次日开工'), WORKER, {}, ['SS-01']),
  'work.complete': event(text('All work done, close the permit', '作业完成，关闭许可'), OFFICER),
  'work.resume': event(text('Resume work', '恢复作业'), WORKER_OR_OFFICER, {}, ['SS-06']),
}

const incidents: Record<string, EventSchema> = {
  'hazard.find': event(text('Report a hazard', '上报隐患'), ANYONE, { what }, ['SS-06']),
  'hazard.clear': event(text('Hazard cleared', '隐患已消除'), OFFICER, { measures }, ['SS-06']),
  'fire.discover': event(text('Fire!', '发现火情'), ANYONE, { what }, ['SS-22']),
  'fire.alarm': event(text('Alarm raised', '已报警'), ANYONE, { reportedTo }, ['SS-22']),
  'fire.out': event(text('Fire is out', '火已扑灭'), OFFICER, {}, ['SS-22']),
  'power.fail': event(text('Power cut', '停电'), ANYONE, {}, ['SS-23']),
  'power.restore': event(text('Power is back', '恢复供电'), WORKER_OR_OFFICER, {}, ['SS-23']),
  'leak.find': event(text('Leak or other abnormality', '发现危险品泄漏或异常'), ANYONE, { what }, ['SS-21']),
  'leak.report': event(text('Leak reported', '已上报泄漏'), ANYONE, { reportedTo }, ['SS-21']),
  'leak.contain': event(text('Leak contained', '泄漏已处置'), OFFICER, { measures }, ['SS-21']),
  'accident.happen': event(text('Accident', '发生事故'), ANYONE, { what }, ['SS-11']),
  'accident.report': event(text('Accident reported', '已上报事故'), ANYONE, { reportedTo }, ['SS-11']),
  'accident.settle': event(text('Accident dealt with', '事故处理完毕'), OFFICER, { measures }, ['SS-11']),
  'emergency.declare': event(text('Sudden event', '突发事件'), ANYONE, { what }, ['SS-25']),
  'help.call': event(text('Help called', '已呼救报警'), ANYONE, { reportedTo }, ['SS-25']),
  'evacuation.start': event(text('Evacuate', '撤离'), ANYONE, {}, ['SS-25']),
  'rescue.start': event(text('Rescue', '救援'), ANYONE, {}, ['SS-25']),
  'emergency.end': event(text('Emergency over', '解除应急'), OFFICER, {}, ['SS-25']),
  'violation.report': event(text('Report a breach of the rules', '举报违规'), ANYONE, { what }, ['SS-26']),
  'violation.handle': event(
    text('Deal with the breach', '处理违规'),
    OFFICER,
    { decision, note: long(text('How it was dealt with', '处理说明')) },
    ['SS-26'],
  ),
}

export const events: Record<string, EventSchema> = {
  ...preparation,
  ...permits,
  ...work,
  ...incidents,
  cancel: event(text('Cancel', '取消'), ['dispatcher'], { reason }),
}
