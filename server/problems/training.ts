/**
 * Errors about the training room: scenarios, attempts, assignments, live sessions.
 *
 * Must not: be read but through the whole table (`problem-table.ts`).
 */
import { type Row, row, words } from './row.ts'

export const TRAINING = {
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
    words('No such live session', '没有这场现场训练'),
    words(
      'The code names no session. Ask the trainer to read it out again.',
      '该口令没有对应的现场训练，请让培训师再念一遍。',
    ),
  ),
  'session-closed': row(
    409,
    words('The live session takes nobody and nothing more', '现场训练已不能加入或插入'),
    words(
      'It was closed, or rehearses another scenario or in another mode.',
      '训练已结束，或其情景、方式与所选不同。',
    ),
  ),
} as const satisfies Record<string, Row>
