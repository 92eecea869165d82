/** 画布结构的文字，中文：折叠、单独显示、大小、标记。 */
export const canvas = {
  legend: '标记说明',
  mark: { added: '新增', changed: '修改', removed: '删除' },
}
