/**
 * 用情景检验草稿的文字，中文；属于 `zh-CN.ts`。
 *
 * 不得包含情景、流程定义或拒绝原因自身的文字。
 */
export const tested = {
  title: '情景检验',
  lead: '用草稿逐一走一遍本流程各情景的已知走法。',
  running: '正在运行情景…',
  unsaved: '草稿尚未保存。',
  none: '本流程还没有情景。',
  library: '编写情景',
  passed_one: '{{count}} 条已知走法，结果与所述一致。',
  passed_other: '{{count}} 条已知走法，结果均与所述一致。',
  sum_one: '{{count}} 条已知走法，其中 {{passed}} 条与所述一致。',
  sum_other: '{{count}} 条已知走法，其中 {{passed}} 条与所述一致。',
  cannot_one: '{{count}} 个情景已无法运行。',
  cannot_other: '{{count}} 个情景已无法运行。',
  verdict: {
    cannot: '无法运行',
    changed: '因本草稿而改变',
    mended: '重新与所述一致',
    still: '第 {{version}} 版已如此',
    failed: '与所述不符',
  },
  run: '{{scenario}}：{{run}}',
  open: '打开情景“{{title}}”',
  more_one: '另有 {{count}} 个问题',
  more_other: '另有 {{count}} 个问题',
  showMore_one: '再显示 {{count}} 条',
  showMore_other: '再显示 {{count}} 条',
  why: {
    step: '第 {{step}} 步无法进行：{{why}}',
    stepBare: '第 {{step}} 步无法进行。',
    begin: '无法开始。',
    passed: '结果为通过，应为不通过。',
    failed: '结果为不通过（{{points}} 分），应为通过。',
    status: '工单结果为“{{is}}”，应为“{{expected}}”。',
    states: '结束于{{is}}，应在{{expected}}。',
    broken: '新增违反：{{norms}}。',
    kept: '不再违反：{{norms}}。',
  },
  require: '所有情景均与所述一致方可发布',
  requireHint: '对本流程的任何发布方式均有效。',
  ruledOn: '由{{who}}于{{when}}设定。',
  ruledOff: '由{{who}}于{{when}}取消。',
  bars_one: '该项与所述一致之前不能发布：请修改草稿；若新的做法正确，请修改情景。',
  bars_other: '这 {{count}} 项与所述一致之前不能发布：请修改草稿；若新的做法正确，请修改情景。',
} as const
