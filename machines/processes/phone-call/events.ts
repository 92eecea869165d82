/**
 * What happens in a phone call, who says so, and what must be said with it.
 */
import type { EventSchema, Field, Role, Text } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerFile, customerReferences, problemKind, problemText, severity } from '../customer-file.ts'
import { distanceBand } from './fields.ts'

/** The desk in working hours, the engineer with the mobile otherwise (PC-20). */
const AGENTS: Role[] = ['hotline-agent', 'engineer']

const said = (title: Text, norms: string[] = []): Field => ({
  type: 'string',
  minLength: 1,
  maxLength: 4000,
  meta: { title, norms },
})
const time = (title: Text, norms: string[] = []): Field => ({
  type: 'string',
  format: 'date-time',
  meta: { title, norms },
})
const event = (
  title: Text,
  properties: Record<string, Field> = {},
  required: string[] = [],
  norms: string[] = [],
  roles: Role[] = AGENTS,
): EventSchema => ({ properties, required, meta: { title, roles, norms } })

const onTheLine: Record<string, EventSchema> = {
  answer: event(text('Answer', '接听'), {
    badge: { type: 'string', maxLength: 40, meta: { title: text('Badge number', '工号') } },
  }),
  divert: event(text('Divert to the on-duty mobile', '转至值班手机'), {}, [], ['PC-20'], ['hotline-agent']),
  'greeting.done': event(text('Greeting given', '问候完毕'), {}, [], ['PC-02']),
  'customer.record': event(
    text('Record the customer file', '登记顾客档案'),
    { ...customerFile, ...customerReferences },
    [],
    ['GN-09'],
  ),
  'request.record': event(
    text("Record the caller's request", '登记客户诉求'),
    { problem: problemText, problemKind, severity },
    ['problem'],
    ['PC-21'],
  ),
  'request.further': event(
    text('The caller has a further request', '客户提出新的诉求'),
    { problem: problemText, problemKind, severity },
    ['problem'],
    ['PC-21'],
  ),
  'hold.start': event(
    text('Ask the caller to wait', '请客户稍候'),
    { reason: said(text('What the caller was told the wait is for', '告知客户的等待原因'), ['PC-04']) },
    ['reason'],
    ['PC-04'],
  ),
  'hold.acknowledge': event(text('Thank or apologise for the wait', '对等待致谢或致歉')),
  'hold.end': event(text('Back to the caller', '恢复通话')),
  'closing.done': event(text('Closing words said', '结束语完毕'), {}, [], ['PC-09']),
  'caller.hungUp': event(text('The caller hung up', '客户已挂机'), {}, [], ['PC-10']),
  'agent.hungUp': event(text('The agent hung up first', '接线人先行挂机'), {}, [], ['PC-10']),
}

const outcomes: Record<string, EventSchema> = {
  'outcome.solved': event(
    text('Solved by phone', '电话解决'),
    { result: said(text('How it was solved', '解决方法'), ['PC-21']) },
    ['result'],
    ['PC-07'],
  ),
  'outcome.visit': event(
    text('Book a home visit', '预约上门服务'),
    {
      timeWanted: time(text('Visit wanted at', '期望上门时间')),
      distanceBand,
      result: said(text('What was agreed', '约定内容')),
    },
    ['timeWanted'],
    ['PC-07'],
  ),
  'outcome.depot': event(
    text('Advise depot repair', '建议送修'),
    {
      result: said(text('Advice given: where, when, what to bring', '告知内容：地点、时间、需携带物品'), [
        'PC-21',
      ]),
      bringing: {
        type: 'boolean',
        meta: { title: text('The customer brings the machine: open the repair', '客户确定送修，即建送修单') },
      },
    },
    ['result'],
    ['PC-07'],
  ),
  'outcome.fault': event(
    text('Escalate as a fault', '作为故障上报'),
    {
      startedAt: time(text('Fault since', '故障开始时间')),
      system: said(text('System concerned', '故障系统')),
      result: said(text('What the caller was told', '告知客户的内容')),
    },
    [],
    ['PC-07'],
  ),
  'outcome.complaint': event(
    text('Record a complaint', '登记投诉'),
    {
      text: said(text('The complaint', '投诉内容')),
      quality: { type: 'boolean', meta: { title: text('It concerns quality', '涉及质量问题') } },
      aboutJob: { type: 'string', maxLength: 80, meta: { title: text('About the job', '所涉工单') } },
    },
    ['text'],
    ['PC-07'],
  ),
  'outcome.callBack': event(
    text('Promise a call-back', '承诺回电'),
    {
      callBackAt: time(text('Call-back promised for', '承诺回电时间'), ['PC-07']),
      result: said(text('What the call-back is to settle', '回电需答复的事项')),
    },
    ['callBackAt'],
    ['PC-07'],
  ),
}

export const events: Record<string, EventSchema> = {
  ...onTheLine,
  ...outcomes,
  'callBack.made': event(text('Called back', '已回电'), {}, [], ['PC-07']),
  'callBack.unreached': event(
    text('Called back, nobody answered', '回电未接通'),
    { callBackAt: time(text('Next call-back at', '下次回电时间')) },
    ['callBackAt'],
  ),
  cancel: event(
    text('Cancel', '取消'),
    { reason: said(text('Reason', '原因')) },
    ['reason'],
    [],
    ['dispatcher'],
  ),
}
