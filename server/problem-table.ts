/**
 * Every error that the server answers with: a code, its status, a title and an explanation in both languages.
 *
 * Promises: `docs/api.md` lists the same codes (a test compares them); `GET /api/problems/<code>` explains each.
 * Must not: know how an answer is made of them (`problem-details.ts`).
 */
export type Words = { en: string; zh: string }
export type Language = keyof Words
type Row = { status: number; title: Words; about: Words }

const row = (status: number, title: Words, about: Words): Row => ({ status, title, about })
const words = (en: string, zh: string): Words => ({ en, zh })

export const PROBLEMS = {
  'bad-request': row(
    400,
    words('The request cannot be understood', '无法理解该请求'),
    words('A header, a parameter or the form of the body is wrong.', '请求头、参数或请求体的形式有误。'),
  ),
  'bad-cursor': row(
    400,
    words('The cursor is not one of ours', '游标无效'),
    words(
      'Send `next` of the previous page unchanged, with the same sort order.',
      '请原样传回上一页的 `next`，并保持相同的排序。',
    ),
  ),
  'body-invalid': row(
    400,
    words('The body or a parameter does not fit its schema', '请求体或参数不符合规定的结构'),
    words('`errors` names each wrong place by a JSON pointer.', '`errors` 以 JSON 指针逐一指出有误的位置。'),
  ),
  'too-deep': row(
    400,
    words('The JSON is nested too deeply', 'JSON 嵌套层数过多'),
    words('A body may be nested 64 levels deep.', '请求体最多嵌套 64 层。'),
  ),
  'too-large': row(
    413,
    words('The body is too large', '请求体过大'),
    words('JSON bodies may have 1 MiB, files 10 MiB.', 'JSON 请求体不得超过 1 MiB，文件不得超过 10 MiB。'),
  ),
  'media-type': row(
    415,
    words('This kind of content is not accepted', '不接受此类内容'),
    words(
      'Send `application/json`, or `multipart/form-data` where a file is sent. Evidence is PNG, JPEG, WebP, HEIC or PDF by its content, whatever its name says.',
      '请发送 `application/json`；上传文件时使用 `multipart/form-data`。凭证文件按其内容判断，须为 PNG、JPEG、WebP、HEIC 或 PDF，与文件名无关。',
    ),
  ),
  unauthenticated: row(
    401,
    words('Sign in first', '请先登录'),
    words(
      'Send a bearer token that is neither revoked nor expired, or sign in with the browser.',
      '请携带有效的访问令牌（未吊销且未过期），或在浏览器中登录。',
    ),
  ),
  forbidden: row(
    403,
    words('You may not do this', '您无权执行此操作'),
    words('None of your roles has the right that this route asks for.', '您的角色都不具备此接口所需的权限。'),
  ),
  'cross-site': row(
    403,
    words('The request came from another site', '请求来自其他站点'),
    words(
      'A change made with the session cookie must come from a page of this server.',
      '使用会话 Cookie 进行的修改，必须由本服务器的页面发出。',
    ),
  ),
  'https-required': row(
    403,
    words('Signing in with a browser needs HTTPS', '浏览器登录须使用 HTTPS'),
    words(
      'Over plain HTTP the session cookie could be read on the way; only the machine itself (127.0.0.1, localhost) may. Put a proxy with TLS before the server and set TRUST_PROXY.',
      '普通 HTTP 下会话 Cookie 可能被截获，仅允许本机（127.0.0.1、localhost）使用。请在服务器前配置启用 TLS 的反向代理，并设置 TRUST_PROXY。',
    ),
  ),
  'not-found': row(
    404,
    words('There is nothing at this address', '该地址下没有内容'),
    words('The route, or the thing it names, does not exist.', '接口或其所指的对象不存在。'),
  ),
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
  'person-not-found': row(
    404,
    words('No such person', '没有这个人员'),
    words('The id names no person.', '该编号没有对应的人员。'),
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
  'precondition-failed': row(
    412,
    words('It has changed since you read it', '内容在您读取之后已被修改'),
    words(
      '`If-Match` names another revision than the present one. Read again, then decide again.',
      '`If-Match` 与当前版本不一致。请重新读取后再决定。',
    ),
  ),
  'precondition-required': row(
    428,
    words('Say which revision you mean', '请指明所依据的版本'),
    words(
      'This change needs `If-Match` with the ETag that you read.',
      '此修改须在 `If-Match` 中带上读取时得到的 ETag。',
    ),
  ),
  'idempotency-key-invalid': row(
    400,
    words('The idempotency key is not usable', '幂等键不可用'),
    words(
      '`Idempotency-Key` is 1 to 255 printable characters, best a UUID in double quotes.',
      '`Idempotency-Key` 应为 1 到 255 个可打印字符，建议使用带双引号的 UUID。',
    ),
  ),
  'idempotency-in-progress': row(
    409,
    words('The same request is still being worked on', '相同的请求正在处理中'),
    words(
      'Wait for the first request with this key, then send again.',
      '请等待使用此键的第一个请求完成后再重试。',
    ),
  ),
  'idempotency-mismatch': row(
    422,
    words('The idempotency key belongs to another request', '幂等键已用于其他请求'),
    words(
      'A key may only be sent again with the same method, path and body.',
      '同一个键只能随相同的方法、路径和请求体重发。',
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
  'review-own': row(
    403,
    words('Nobody decides on his own review', '不能对本人的考核作出决定'),
    words('Another person with the right has to.', '须由其他有权限的人员决定。'),
  ),
  'review-not-begun': row(
    409,
    words('The period has not begun', '考核周期尚未开始'),
    words('`from` is its first day.', '`from` 为该周期的第一天。'),
  ),
  'review-departs': row(
    422,
    words('Say why this is milder than the rule proposes', '决定轻于规则建议，请说明理由'),
    words(
      'A weak review is followed by coaching, a grave case by strict handling (GN-25). `proposal` has what the rule proposes and why; whoever departs from it says why in `departs`.',
      '考核差者辅导培训，严重者从严处理（GN-25）。`proposal` 为规则建议及依据；如决定从轻，须在 `departs` 中说明理由。',
    ),
  ),
  'review-undecided': row(
    409,
    words('Nothing was decided yet that could be answered', '尚无可回应的考核决定'),
    words('Answer once somebody has decided on the review.', '请在考核决定作出之后再回应。'),
  ),
  'survey-not-found': row(
    404,
    words('No such survey', '没有这份满意度调查'),
    words('The id names no survey.', '该编号没有对应的满意度调查。'),
  ),
  'survey-own': row(
    403,
    words('Nobody records what a customer said of himself', '不能录入客户对本人的评价'),
    words('Another person with the right has to.', '须由其他有权限的人员录入。'),
  ),
  'finding-not-found': row(
    404,
    words('No such finding', '没有这条改进意见'),
    words('The id names no finding.', '该编号没有对应的改进意见。'),
  ),
  'finding-answered': row(
    409,
    words('The finding is answered', '该改进意见已有答复'),
    words(
      '`version` answered it. If that did not help, raise a new one.',
      '版本 `version` 已作出答复。如问题仍在，请另行提出。',
    ),
  ),
  exists: row(
    409,
    words('It exists already', '已存在'),
    words('Something with this id is there already.', '已有相同编号的对象。'),
  ),
  'last-administrator': row(
    409,
    words('Someone must remain administrator', '至少须保留一名管理员'),
    words('The change would leave nobody who can administer the server.', '此修改会使系统没有可用的管理员。'),
  ),
  'setup-closed': row(
    409,
    words('The server is set up already', '系统已完成初始设置'),
    words(
      'An administrator exists. Ask for a token, or set FIELDCHART_ADMIN_TOKEN and start again.',
      '已有管理员。请向其索取令牌，或设置 FIELDCHART_ADMIN_TOKEN 后重新启动。',
    ),
  ),
  'clock-not-manual': row(
    409,
    words('The clock cannot be set', '时钟不可设置'),
    words(
      'Time moves by hand only on a server started with FIELDCHART_CLOCK=manual.',
      '只有以 FIELDCHART_CLOCK=manual 启动的服务器才能手动推进时间。',
    ),
  ),
  'clock-backwards': row(
    409,
    words('Time does not run backwards', '时间不能倒退'),
    words('Name an instant after the present one.', '请指定晚于当前时间的时刻。'),
  ),
  'upgrade-required': row(
    426,
    words('This address speaks WebSocket', '该地址仅支持 WebSocket'),
    words(
      'Open it as a WebSocket: `GET` with `Upgrade: websocket` (RFC 6455).',
      '请以 WebSocket 方式连接：使用带 `Upgrade: websocket` 的 `GET` 请求（RFC 6455）。',
    ),
  ),
  'scenario-not-found': row(
    404,
    words('No such scenario', '没有这个情景'),
    words('The id names no scenario of the library.', '该编号在情景库中没有对应的情景。'),
  ),
  'scenario-stale': row(
    412,
    words('The scenario has been changed meanwhile', '情景已被他人修改'),
    words(
      'Another saved it after you read it. Read it again, and compare; nothing of yours was overwritten.',
      '在您读取之后有人保存了该情景。请重新读取并比较，您的内容没有被覆盖。',
    ),
  ),
  'scenarios-failing': row(
    409,
    words('Scenarios of the process come out otherwise', '该流程的情景结果与预期不符'),
    words(
      'The process asks that all its scenarios come out as they say before it is published; `failing` names those that do not.',
      '该流程要求全部情景的结果与所述一致方可发布，`failing` 列出不符的情景。',
    ),
  ),
  'scenario-cannot-start': row(
    422,
    words('The scenario cannot be started', '该情景无法开始'),
    words(
      'It has errors, or the process does not take its beginning; `reasons` or `problems` say why.',
      '情景存在错误，或流程不接受其开头；`reasons` 或 `problems` 说明原因。',
    ),
  ),
  'attempt-not-found': row(
    404,
    words('No such attempt', '没有这次演练'),
    words('The id names no attempt, or not one of yours.', '该编号没有对应的演练，或不是您本人的演练。'),
  ),
  'attempt-closed': row(
    409,
    words('The attempt is over', '该演练已结束'),
    words(
      'It was finished, left for a day, or void. Begin a new one.',
      '该演练已完成、搁置超过一天或已作废。请重新开始一次。',
    ),
  ),
  'attempt-behind': row(
    409,
    words('The attempt has steps you do not know of', '演练中有您尚未获知的步骤'),
    words(
      '`steps` are the present ones: another window went on, or the trainer threw something in. An examination only goes forward.',
      '`steps` 为当前的全部步骤：可能另一窗口已继续，或培训师插入了事件。考试只能向前进行。',
    ),
  ),
  'attempt-forged': row(
    422,
    words('The result does not follow from the steps', '成绩与步骤不符'),
    words(
      'The server replayed the steps and came to another result than was claimed. The attempt is void and kept as such.',
      '服务器按步骤重新推演，结果与所报成绩不同。该次演练作废，并照此留存。',
    ),
  ),
  'attempt-unreplayable': row(
    409,
    words('The attempt cannot be replayed', '该演练无法重新推演'),
    words(
      'Its steps do not run on this release any more. It stays as it was; begin a new one.',
      '其步骤在当前版本的系统上已无法运行。记录保持原样，请重新开始一次。',
    ),
  ),
  'attempt-too-fast': row(
    422,
    words('The steps came faster than time can pass', '步骤快于时间允许的速度'),
    words(
      'In an examination simulated time passes at most 600 times as fast as real time.',
      '考试中模拟时间最快为实际时间的 600 倍。',
    ),
  ),
  'attempt-too-long': row(
    422,
    words('The attempt has too many steps', '该演练的步骤过多'),
    words('An attempt may have 2,000 steps and 2 MiB.', '每次演练最多 2,000 步、2 MiB。'),
  ),
  'step-impossible': row(
    422,
    words('This step cannot be taken here', '此处不能执行该步骤'),
    words(
      '`index` is its place among all steps; none of those sent was added.',
      '`index` 为它在全部步骤中的位置；本次提交的步骤均未添加。',
    ),
  ),
  'assignment-not-found': row(
    404,
    words('No such assignment', '没有这项培训任务'),
    words('The id names no assignment.', '该编号没有对应的培训任务。'),
  ),
  'assignment-other': row(
    409,
    words('The assignment is not for this', '该培训任务不适用'),
    words(
      'It was withdrawn, is for other people, or is for another scenario or mode.',
      '该任务已撤回、指派给他人，或针对其他情景或模式。',
    ),
  ),
  'session-not-found': row(
    404,
    words('No such live session', '没有这场实时演练'),
    words(
      'The code names no session. Ask the trainer to read it out again.',
      '该代码没有对应的实时演练，请让培训师再念一遍。',
    ),
  ),
  'session-closed': row(
    409,
    words('The live session takes nobody and nothing more', '实时演练已不能加入或插入'),
    words(
      'It was closed, or rehearses another scenario or in another mode.',
      '演练已关闭，或其情景、方式与所选不同。',
    ),
  ),
  'too-many-requests': row(
    429,
    words('Too many requests', '请求过于频繁'),
    words('`Retry-After` says when to come again.', '请按 `Retry-After` 指示的时间后重试。'),
  ),
  'request-timeout': row(
    408,
    words('The request took too long to arrive', '请求传输超时'),
    words('The whole request must arrive within a minute.', '整个请求须在 1 分钟内送达。'),
  ),
  'not-ready': row(
    503,
    words('The server is not ready', '服务器尚未就绪'),
    words(
      'It is starting, stopping, overloaded, or its store does not answer.',
      '服务器正在启动、停止或过载，或存储没有响应。',
    ),
  ),
  internal: row(
    500,
    words('Something went wrong here', '服务器内部出错'),
    words(
      'The fault is ours and was logged under the request id.',
      '这是服务器的故障，已按请求编号记入日志。',
    ),
  ),
} as const satisfies Record<string, Row>

export type ProblemCode = keyof typeof PROBLEMS
export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code)
