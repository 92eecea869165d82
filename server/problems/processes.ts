/**
 * Errors about processes and jobs: drafts, versions, agreement, moves, refusals.
 *
 * Must not: be read but through the whole table (`problem-table.ts`).
 */
import { type Row, row, words } from './row.ts'

export const PROCESSES = {
  'job-not-found': row(
    404,
    words('No such job', '没有这张工单'),
    words('The id names no job.', '该编号没有对应的工单。'),
  ),
  'process-not-found': row(
    404,
    words('No such process', '没有这个流程'),
    words('The id names no process, or none that was published.', '该编号没有对应的流程，或流程尚未发布。'),
  ),
  'version-not-found': row(
    404,
    words('No such version', '没有这个版本'),
    words('The process has no version of this number.', '该流程没有此编号的版本。'),
  ),
  'draft-not-found': row(
    404,
    words('No such draft', '没有草稿'),
    words('The process has no draft.', '该流程没有草稿。'),
  ),
  'evidence-not-found': row(
    404,
    words('No such file', '没有这个文件'),
    words('No evidence with this SHA-256 was uploaded.', '没有上传过此 SHA-256 对应的凭证文件。'),
  ),
  'letter-not-found': row(
    404,
    words('No such dead letter', '没有这条未送达的消息'),
    words(
      'The id names no message that is dead: it was delivered, sent again or thrown away.',
      '该编号没有对应的未送达消息：可能已送达、已重发或已删除。',
    ),
  ),
  'webhook-not-found': row(
    404,
    words('No such webhook', '没有这个 Webhook'),
    words('The id names no endpoint.', '该编号没有对应的接收地址。'),
  ),
  'webhook-address': row(
    422,
    words('Webhooks cannot be sent to this address', '不能向此地址发送 Webhook'),
    words(
      'It must be an https address on the open internet, without user or password. Addresses of the own network and plain http are allowed by `WEBHOOK_PRIVATE_ADDRESSES=true`.',
      '须为公网上的 https 地址，且不含用户名和密码。设置 `WEBHOOK_PRIVATE_ADDRESSES=true` 后可使用内网地址和 http。',
    ),
  ),
  'webhook-too-many': row(
    409,
    words('There are enough webhooks', 'Webhook 数量已达上限'),
    words('There may be `most` of them. Delete one first.', '最多可有 `most` 个。请先删除一个。'),
  ),
  'webhook-off': row(
    409,
    words('The webhook is switched off', 'Webhook 已停用'),
    words('Switch it on, then send again.', '请先启用，再重新发送。'),
  ),
  refused: row(
    409,
    words('The job refuses this', '工单拒绝此操作'),
    words(
      '`code` and `reasons` say what stands in the way: a guard that was false, open checklist items, an event that has no place in the present state.',
      '`code` 与 `reasons` 说明原因：条件不满足、检查项未完成，或当前状态不接受该事件。',
    ),
  ),
  'role-missing': row(
    403,
    words('Your role may not do this on the job', '您的角色不能对工单执行此操作'),
    words('`reasons` names the roles that may.', '`reasons` 列出有权执行的角色。'),
  ),
  'payload-invalid': row(
    422,
    words('The payload does not fit the event', '事件数据不符合要求'),
    words(
      '`reasons` names each wrong field by a JSON pointer.',
      '`reasons` 以 JSON 指针逐一指出有误的字段。',
    ),
  ),
  'fields-invalid': row(
    422,
    words('The fields do not fit the process', '工单字段不符合流程要求'),
    words(
      '`reasons` names each wrong field by a JSON pointer.',
      '`reasons` 以 JSON 指针逐一指出有误的字段。',
    ),
  ),
  'draft-stale': row(
    412,
    words('The draft was saved by someone else meanwhile', '草稿已被他人保存'),
    words(
      '`expected` is the revision that you sent, `current` the one that stands. Nothing was overwritten.',
      '`expected` 为您提交的修订号，`current` 为当前修订号。没有内容被覆盖。',
    ),
  ),
  'draft-invalid': row(
    422,
    words('The definition has problems', '流程定义存在问题'),
    words(
      '`problems` lists all of them, each with its place; those of severity `error` bar publishing.',
      '`problems` 列出全部问题及其位置；严重程度为 `error` 的问题会阻止发布。',
    ),
  ),
  'settings-invalid': row(
    422,
    words('The settings have problems', '设置存在问题'),
    words(
      '`problems` lists all of them, each with its place. Nothing was saved.',
      '`problems` 列出全部问题及其位置。设置未保存。',
    ),
  ),
  'picture-too-large': row(
    422,
    words('The picture would be too large', '图片过大'),
    words(
      'A PNG may have 40 million pixels and sides of 16,384. `most` is the largest scale that the drawing may have: ask for less, or for SVG.',
      'PNG 最多 4000 万像素，单边最长 16,384 像素。`most` 为此图允许的最大比例：请缩小比例，或改用 SVG。',
    ),
  ),
  'picture-failed': row(
    422,
    words('No picture can be made of this process', '无法生成此流程的图片'),
    words(
      'Laying the drawing out failed, or took longer than half a minute. Drawings whose states were placed by hand need no layout.',
      '排布流程图失败，或耗时超过半分钟。手工摆放过状态的流程图无需自动排布。',
    ),
  ),
  'nothing-changed': row(
    409,
    words('The draft equals the latest version', '草稿与最新版本相同'),
    words('There is nothing to publish.', '没有需要发布的改动。'),
  ),
  'approval-missing': row(
    409,
    words('Not everyone whose agreement it needs has agreed', '尚未取得所需人员的同意'),
    words(
      '`missing` names who has not agreed yet, `objections` who objected. A later change of the draft asks everyone again.',
      '`missing` 列出尚未同意的人员，`objections` 列出提出异议的人员。草稿此后如有改动，须重新征求同意。',
    ),
  ),
  'approval-not-asked': row(
    403,
    words('Your agreement is not asked for here', '此处不需要您的同意'),
    words(
      'The rule of the process names others, asks for someone other than the author, or asks nobody.',
      '该流程的审批规则指定了其他人员，或要求由作者以外的人审批，或无需审批。',
    ),
  ),
  'process-archived': row(
    409,
    words('The process is archived', '流程已归档'),
    words(
      'No job is started of it and no version published until it is taken back into use.',
      '恢复使用之前，不能新建该流程的工单，也不能发布新版本。',
    ),
  ),
  'migration-not-found': row(
    404,
    words('No such migration', '没有这次迁移'),
    words('The id names no migration of this process.', '该编号没有对应的迁移。'),
  ),
  'mapping-invalid': row(
    422,
    words('The mapping does not fit the two versions', '映射与两个版本不符'),
    words(
      '`errors` names each wrong place by a JSON pointer. Nothing was begun.',
      '`errors` 以 JSON 指针逐一指出有误的位置。迁移未开始。',
    ),
  ),
  'migration-running': row(
    409,
    words('Jobs of this process are being moved already', '该流程已有迁移正在进行'),
    words(
      '`migration` names the run. Wait for its end, or stop it.',
      '`migration` 为正在进行的迁移。请等待其结束，或先停止它。',
    ),
  ),
  'migration-over': row(
    409,
    words('The migration does not stand so that this could be done', '迁移的当前状态不允许此操作'),
    words(
      'Only one that runs can be stopped, only one that was stopped or broke off can be resumed. `status` says how it stands.',
      '只有进行中的迁移可以停止，只有已停止或中断的迁移可以继续。`status` 为当前状态。',
    ),
  ),
  exists: row(
    409,
    words('It exists already', '已存在'),
    words('Something with this id is there already.', '已有相同编号的对象。'),
  ),
} as const satisfies Record<string, Row>
